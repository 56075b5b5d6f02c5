package export

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"muster/state"
)

// A Proof shows that one entry stands in a log, and nothing else of that log.
type Proof struct {
	Format     string       `json:"format"` // proofFormat
	Version    int          `json:"version"`
	How        []string     `json:"how"`        // what it shows, and how
	Exercise   bool         `json:"exercise"`   // it is of a drill
	Seq        uint64       `json:"seq"`        // of the entry
	Entry      string       `json:"entry"`      // its line, perhaps with parts withheld
	Path       []state.Hash `json:"path"`       // from the entry to the tree
	Checkpoint string       `json:"checkpoint"` // the tree, as C2SP tlog-checkpoint, unsigned
	Recorded   string       `json:"recorded"`   // the line of the entry that records the tree
}

// proofFormat is the word by which a proof is known.
const proofFormat = "muster-proof"

// ProofVersion is the version of the form of proofs.
const ProofVersion = 1

// MaxProof bounds a proof, in bytes: a line with a runbook in it may be 8 MiB, and is twice as
// long as a text of JSON.
const MaxProof = 20 << 20

// howProved is what a proof says of itself.
var howProved = []string{
	"This shows that one entry stands in an incident log, and nothing else of that log.",
	`"entry" is the entry's line. Its envelope is the object after "e", which holds the hash of the content; what is null is withheld.`,
	`The entry's leaf is SHA-256(00 h), where h is the SHA-256 of its envelope. Two nodes a and b have above them SHA-256(01 a b), as in RFC 9162. "path" leads from the leaf of entry "seq" to the hash of the tree.`,
	`"checkpoint" is that tree: how many entries it has, and its hash in base64.`,
	`"recorded" is the log's next entry after those of the tree, which has the size and the hash of the tree in its data. The SHA-256 of its envelope is the head of the log there. A head vouches for every entry before it: hold it against one that somebody outside was told, signed or stamped.`,
	"That the tree is that of the log, anybody sees who has the log or a copy of it, whatever is withheld there: muster verify says if an entry records another.",
	"To check it: python3 verify.py FILE HEAD, or muster verify FILE --head HEAD.",
}

// checkpointOf is a tree as C2SP tlog-checkpoint has it, without a signature.
func checkpointOf(size uint64, tree state.Hash) string {
	return fmt.Sprintf("muster incident log\n%d\n%s\n", size, base64.StdEncoding.EncodeToString(tree[:]))
}

// WriteProof writes the proof that an entry, whose line is given, stands in inc's log before
// the checkpoint whose line is given. Of that nothing is shown but what it records.
func WriteProof(w io.Writer, inc *state.Incident, line, recorded []byte) error {
	entry, err := state.Decode(line)
	if err != nil {
		return err
	}
	recorded, _, err = state.Withhold(recorded, state.AllParts&^state.PartsOf(state.Facts))
	if err != nil {
		return err
	}
	at, err := state.Decode(recorded)
	if err != nil {
		return err
	}
	checkpoint, ok := at.Data.(*state.LogCheckpointed)
	if !ok {
		return errors.New("the entry records no checkpoint")
	}
	p := Proof{
		Format: proofFormat, Version: ProofVersion, How: howProved, Exercise: entry.Mode == state.Drill, Seq: entry.Seq, Entry: string(line),
		Path: state.NewTree(inc.Log[:checkpoint.Size]).Path(entry.Seq, checkpoint.Size), Checkpoint: checkpointOf(checkpoint.Size, checkpoint.Tree), Recorded: string(recorded),
	}
	text, err := p.text()
	if err != nil {
		return err
	}
	if _, err := ReadProof(text); err != nil { // of a log that contradicts itself there is no proof
		return fmt.Errorf("entry %d cannot be proved by the checkpoint in entry %d: %w", entry.Seq, at.Seq, err)
	}
	_, err = w.Write(text)
	return err
}

// text is the proof as it stands in a file.
func (p *Proof) text() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(p)
	return out.Bytes(), err
}

// IsProof reports whether a file that begins so is a proof, good or not.
func IsProof(begin []byte) bool {
	return bytes.HasPrefix(begin, []byte("{\n  \"format\": \""+proofFormat+"\""))
}

// A Proved is what a proof shows.
type Proved struct {
	Entry state.Entry // that stands in the log
	Size  uint64      // entries of the tree that it is one of
	Head  state.Head  // of the log, where the tree is recorded: it vouches for the tree
}

// ReadProof checks a proof. The error says what is wrong with it.
func ReadProof(text []byte) (Proved, error) {
	var p Proof
	var out Proved
	if len(text) > MaxProof {
		return out, fmt.Errorf("it has more than %d bytes, and no proof has", MaxProof)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&p); err != nil {
		return out, errors.New("it is not written as a proof is, or was cut short")
	}
	switch again, err := p.text(); {
	case p.Format == proofFormat && p.Version > ProofVersion:
		return out, fmt.Errorf("it is of version %d, and this reads up to version %d", p.Version, ProofVersion)
	case err != nil || p.Format != proofFormat || p.Version < 1 || !bytes.Equal(again, text):
		return out, errors.New("it is not written as muster writes proofs")
	}
	return p.check()
}

// check checks what a proof says.
func (p *Proof) check() (out Proved, err error) {
	entry, err := state.Decode([]byte(p.Entry))
	if err != nil {
		return out, fmt.Errorf("its entry: %w", err)
	}
	recorded, err := state.Decode([]byte(p.Recorded))
	if err != nil {
		return out, fmt.Errorf("its checkpoint's entry: %w", err)
	}
	checkpoint, ok := recorded.Data.(*state.LogCheckpointed)
	switch {
	case !ok:
		return out, errors.New("the entry that should record its checkpoint records something else")
	case checkpoint.Size+1 != recorded.Seq:
		return out, fmt.Errorf("its checkpoint is of %d entries, and is recorded in entry %d", checkpoint.Size, recorded.Seq)
	case p.Checkpoint != checkpointOf(checkpoint.Size, checkpoint.Tree):
		return out, errors.New("its checkpoint is not the one that is recorded")
	case entry.Seq != p.Seq:
		return out, fmt.Errorf("it is of entry %d, and shows entry %d", p.Seq, entry.Seq)
	case entry.Mode != recorded.Mode || p.Exercise != (entry.Mode == state.Drill):
		return out, errors.New("it mixes a drill and a live incident")
	case !state.InTree(p.Path, checkpoint.Size, checkpoint.Tree, entry.Seq, entry.Hash):
		return out, fmt.Errorf("its path does not lead from entry %d to the checkpoint", entry.Seq)
	}
	return Proved{Entry: entry, Size: checkpoint.Size, Head: state.Head{Seq: recorded.Seq, Hash: recorded.Hash}}, nil
}
