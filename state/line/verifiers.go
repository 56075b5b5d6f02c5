package line

import _ "embed"

//go:embed verify.py
var verifyPy string

//go:embed verify.sh
var verifySh string

// VerifyPy is verify.py: as strict as [Format.Check], and it looks at the evidence too.
func VerifyPy() string { return verifyPy }

// VerifySh is the loop that checks log.jsonl with sh, jq and sha256sum alone.
func VerifySh() string { return verifySh }
