package line_test

import (
	"testing"

	"muster/state"
)

// FuzzHead: what a witness says is read as one head or as none.
func FuzzHead(f *testing.F) {
	sum := state.Sum([]byte("a"))
	for _, text := range []string{"", sum.String(), sum.Code(), "7k3m q9xa o2fh ttz4", "7K3M-Q9XA-02FH-TTZ", "ſ7K3MQ9XA02FHTTZ", "7K3M-Q9XA-02FH-TTZ4-", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if hash, err := state.ParseHash(text); err == nil && hash.String() != text {
			t.Errorf("%q is read as %s", text, hash)
		}
		code, ok := state.NormalCode(text)
		if !ok {
			return
		}
		if again, ok := state.NormalCode(code); !ok || again != code || len(code) != 19 {
			t.Errorf("%q is read as %q, and that as %q, %v", text, code, again, ok)
		}
	})
}
