package state_test

import (
	"strings"
	"testing"

	"muster/state"
)

// TestGroupsAreReadAloud: four lines of four groups of four, and heard again however
// they were written down.
func TestGroupsAreReadAloud(t *testing.T) {
	const want = "e3b0 c442 98fc 1c14\n9afb f4c8 996f b924\n27ae 41e4 649b 934c\na495 991b 7852 b855\n"
	groups := state.Groups(state.Sum(nil))
	if groups != want {
		t.Errorf("the groups are\n%s", groups)
	}
	for _, text := range []string{groups, strings.ToUpper(groups), strings.ReplaceAll(groups, " ", "-"), strings.ReplaceAll(groups, "\n", "\r\n"), strings.Join(strings.Fields(groups), "")} {
		if got, ok := state.NormalHash(text); !ok || got != state.Sum(nil).String() {
			t.Errorf("%q is heard as %s", text, got)
		}
	}
	for _, text := range []string{"", groups[:len(groups)-2], groups + "0", strings.Replace(groups, "e", "g", 1)} {
		if got, ok := state.NormalHash(text); ok {
			t.Errorf("%q is taken for %s", text, got)
		}
	}
}
