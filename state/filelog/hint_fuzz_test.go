package filelog

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"muster/state"
)

// FuzzHint: whatever lies where the hint should, a head is read only if its hash
// stands there.
func FuzzHint(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte("0000000000000003 ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb\n"))
	f.Add([]byte("-1 x"))
	f.Add([]byte("99999999999999999999 \xff"))
	dir := f.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "heads"), 0o700); err != nil {
		f.Fatal(err)
	}
	store := Open(dir)
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(store.hintPath(id), text, 0o600); err != nil {
			t.Fatal(err)
		}
		if read := store.readHint(id); read.head != (state.Head{}) && !bytes.Contains(text, []byte(read.head.Hash.String())) {
			t.Errorf("%q is read as %v", text, read.head)
		}
	})
}
