package export

import (
	"fmt"
	"slices"
	"strings"

	"muster/state"
	"muster/state/clean"
)

// signedDir is where in a bundle the statements are that people have signed.
const signedDir = "signed/"

// A signedHead is what somebody signed: the log has all that it says.
type signedHead struct {
	path, text string
	of         []state.Signature
}

// signedHeads are those under which there are signatures, in the order of their entries. None is
// known where it is withheld whose log it is.
func signedHeads(inc *state.Incident) []signedHead {
	var out []signedHead
	for _, signature := range inc.Signatures {
		text, err := state.Statement{Incident: inc.ID, Head: state.Head{Seq: signature.Entry, Hash: signature.Head}}.Text()
		if err != nil || signature.Namespace != state.SignatureNamespace {
			continue
		}
		path := fmt.Sprintf("%s%d.head", signedDir, signature.Entry)
		at := slices.IndexFunc(out, func(s signedHead) bool { return s.path == path })
		if at < 0 {
			at = len(out)
			out = append(out, signedHead{path: path, text: string(text)})
		}
		if out[at].text == string(text) {
			out[at].of = append(out[at].of, signature)
		}
	}
	return out
}

// signedHelp says how the signatures are checked, as point number; "" if there are none.
func signedHelp(number int, all []signedHead) string {
	var t strings.Builder
	for _, s := range all {
		if t.Len() == 0 {
			fmt.Fprintf(&t, "\n%d. That a person signed the log, up to an entry, with an SSH key. Get from that person\n"+
				"   the signature, as signed.sig, and the public key, as one line of a file signers:\n"+
				"   the word them, a blank, and the key (ssh-ed25519 AAAA...):\n", number)
		}
		fmt.Fprintf(&t, "\n   ssh-keygen -Y verify -f signers -I them -n %s -s signed.sig < %s\n%s\n", state.SignatureNamespace, s.path, isEntry("the one in "+s.path, s.of[0].Head, s.of[0].Entry))
		for _, by := range s.of {
			fmt.Fprintf(&t, "   %s signed the head of entry %d, by the word of entry %d, with the key\n   %s\n", clean.Line(by.By), by.Entry, by.Seq, clean.Line(by.Fingerprint))
		}
	}
	return t.String()
}

// isEntry says how to check that what was stamped or signed is this log's: the words of the
// README alone do not show it.
func isEntry(what string, head state.Hash, seq uint64) string {
	return fmt.Sprintf("\n   and that %s is the head of entry %d of this log:\n\n   python3 verify.py log.jsonl \\\n     %s\n", what, seq, head)
}
