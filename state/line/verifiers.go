package line

import _ "embed"

//go:embed verify.py
var verifyPy string

//go:embed verify.sh
var verifySh string

// VerifyPy is verify.py, which checks a log with Python's standard library alone: line
// by line as strictly as [Format.Check], and the files of its evidence.
func VerifyPy() string { return verifyPy }

// VerifySh is the loop that checks log.jsonl in the folder where it is run with sh, jq
// and sha256sum alone: that the lines are spelt as they are, hang together, and have
// the hash of all that is not withheld.
func VerifySh() string { return verifySh }
