package line_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muster/state"
	"muster/state/statetest"
)

// parts draws a set of parts to withhold.
func parts() *rapid.Generator[state.Parts] {
	return rapid.Custom(func(t *rapid.T) state.Parts {
		return state.PartsOf(rapid.SliceOfN(rapid.SampledFrom([]state.Part{state.Names, state.Notes, state.Evidence, state.Procedure}), 0, 4).Draw(t, "parts")...)
	})
}

// TestWithhold: a copy without some parts is as good a log, tells what is missing,
// and has all that is not.
func TestWithhold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, lines := statetest.Entries(t, rapid.IntRange(1, 6).Draw(t, "entries"))
		withheld := parts().Draw(t, "withheld")
		chain, quick := state.Format().Chain(), state.Format().Chain()
		for i, line := range lines {
			copied, missing, err := state.Withhold(line.Bytes, withheld)
			if err != nil {
				t.Fatal(err)
			}
			e, err := chain.Next(copied)
			if err != nil {
				t.Fatalf("%v: %s", err, copied)
			}
			if err := quick.Verify(copied); err != nil {
				t.Fatalf("Verify: %v: %s", err, copied)
			}
			full := entries[i]
			if e.Hash != full.Hash || e.Withheld != missing || missing&^withheld&^state.PartsOf(state.Names, state.Notes, state.Procedure) != 0 ||
				missing.Has(state.Procedure) && !withheld.Has(state.Procedure) && !withheld.Has(state.Names) {
				t.Fatalf("the hash is %v and not %v, withheld are %v, %v and not %v", e.Hash, full.Hash, e.Withheld.Names(), missing.Names(), withheld.Names())
			}
			if e.Recorded != full.Recorded || !e.Occurred.Equal(full.Occurred) || e.Zone != full.Zone || e.By.Role != full.By.Role || e.By.Via != full.By.Via {
				t.Fatalf("the facts are %+v, not %+v", e, full)
			}
			if !missing.Has(state.Names) && e.By.Name != full.By.Name {
				t.Fatalf("the name is %q, not %q", e.By.Name, full.By.Name)
			}
			if missing == 0 && !bytes.Equal(copied, line.Bytes) {
				t.Fatalf("nothing is withheld, and it is another line:\n%s\n%s", copied, line.Bytes)
			}
			again, twice, err := state.Withhold(copied, withheld)
			if err != nil || twice != missing || !bytes.Equal(again, copied) {
				t.Fatalf("withheld twice it is %s, %v, %v", again, twice.Names(), err)
			}
		}
	})
}

// TestWithheldCannotBeGuessed: who knows every name, and all that is left in the
// line, cannot find out which name stood there.
func TestWithheldCannotBeGuessed(t *testing.T) {
	line := strictLine()
	copied, _, err := state.Withhold(line, state.PartsOf(state.Names))
	if err != nil {
		t.Fatal(err)
	}
	wanted := cutHash(t, copied, "names")
	salts := []string{strings.Repeat("A", 22)}
	for rest := string(copied); ; {
		_, after, found := strings.Cut(rest, `"salt":"`)
		if !found {
			break
		}
		salts, rest = append(salts, after[:22]), after
	}
	if len(salts) < 2 {
		t.Fatal("no salt is left to guess with")
	}
	for _, name := range []string{"Ada", "Ben", "Chi", "", state.WithheldText} {
		for _, salt := range salts {
			for _, guess := range []string{fmt.Sprintf(`{"salt":"%s","by":"%s"}`, salt, name), fmt.Sprintf(`{"by":"%s"}`, name), name, salt + name} {
				if state.Sum([]byte(guess)).String() == wanted {
					t.Errorf("%s has the hash", guess)
				}
			}
		}
	}
	truth := cut(line).parts[0]
	if !strings.Contains(truth, `"Ada"`) || state.Sum([]byte(truth)).String() != wanted {
		t.Errorf("the test guesses at something else than what is there: %s", truth)
	}
}

func cutHash(t *testing.T, line []byte, part string) string {
	_, after, found := strings.Cut(string(line), `"`+part+`":"`)
	if !found {
		t.Fatalf("%s has no hash of its %s", line, part)
	}
	return after[:64]
}

// TestWithheldCannotBeForged: what was withheld cannot be passed off as never
// there, nor something else put in its place, nor more withheld than there was.
func TestWithheldCannotBeForged(t *testing.T) {
	full := string(strictLine())
	copied, _, err := state.Withhold([]byte(full), state.PartsOf(state.Names, state.Notes))
	if err != nil {
		t.Fatal(err)
	}
	const withheld = `"p":{"names":null,"notes":null}}`
	if !strings.HasSuffix(string(copied), withheld) {
		t.Fatalf("the copy is %s", copied)
	}
	parts := cut([]byte(full)).parts
	for name, p := range map[string]string{
		"never there":        `"p":{"names":null}}`,
		"neither there":      `"p":{}}`,
		"no parts":           `"p":null}`,
		"the wrong one":      `"p":{"names":null,"evidence":null}}`,
		"one more":           `"p":{"names":null,"notes":null,"evidence":null}}`,
		"one twice":          `"p":{"names":null,"names":null,"notes":null}}`,
		"in another order":   `"p":{"notes":null,"names":null}}`,
		"each other's":       `"p":{"names":` + parts[1] + `,"notes":` + parts[0] + `}}`,
		"somebody else":      `"p":{"names":` + strings.Replace(parts[0], "Ada", "Eve", 1) + `,"notes":null}}`,
		"another salt":       `"p":{"names":` + strings.Replace(parts[0], `"salt":"A`, `"salt":"B`, 1) + `,"notes":null}}`,
		"an empty part":      `"p":{"names":{},"notes":null}}`,
		"the hash for it":    `"p":{"names":"` + cutHash(t, copied, "names") + `","notes":null}}`,
		"no comma":           `"p":{"names":null"notes":null}}`,
		"a comma first":      `"p":{,"names":null,"notes":null}}`,
		"a comma last":       `"p":{"names":null,"notes":null,}}`,
		"white space":        `"p":{"names":null, "notes":null}}`,
		"false":              `"p":{"names":false,"notes":null}}`,
		"more behind":        `"p":{"names":null,"notes":null},"q":1}`,
		"the facts, not all": `"p":{"names":null,"notes":` + parts[1] + `}}`,
	} {
		forged := strings.Replace(string(copied), withheld, p, 1)
		if name == "the facts, not all" {
			before, after, _ := strings.Cut(forged, `,"d":`)
			forged = before + `,"d":null` + after[strings.LastIndex(after, `,"p":`):]
		}
		wantRefused(t, name, []byte(forged))
	}
	for name, p := range map[string]string{
		"given back":     `"p":{"names":` + parts[0] + `,"notes":` + parts[1] + `}}`,
		"one given back": `"p":{"names":` + parts[0] + `,"notes":null}}`,
	} {
		back := strings.Replace(string(copied), withheld, p, 1)
		if e, err := state.Decode([]byte(back)); err != nil || e.By.Name != "Ada" {
			t.Errorf("%s: %v\n%s", name, err, back)
		}
	}
}

// TestWithheldWhole: without any content a line has the same hash, and links; so it
// does in version 1.
func TestWithheldWhole(t *testing.T) {
	old, err := os.ReadFile(filepath.Join("testdata", "golden1.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := bytes.Cut(old, []byte("\n"))
	for _, line := range [][]byte{strictLine(), first} {
		full, err := state.Decode(line)
		if err != nil {
			t.Fatal(err)
		}
		copied, missing, err := state.Withhold(line, state.AllParts)
		if err != nil || missing != state.AllParts || bytes.Contains(copied, []byte("Ada")) {
			t.Fatalf("%s %v %v", copied, missing.Names(), err)
		}
		e, err := state.Decode(copied)
		if err != nil || e.Withheld != state.AllParts || e.Hash != full.Hash || e.Data != nil || e.Kind != full.Kind {
			t.Errorf("withheld it is %+v, %v", e, err)
		}
	}
	if copied, missing, err := state.Withhold(first, state.PartsOf(state.Names)); err != nil || missing != state.AllParts || !bytes.HasSuffix(copied, []byte(`,"d":null}`)) {
		t.Errorf("version 1 has no parts: %s %v %v", copied, missing.Names(), err)
	}
}

// TestEmptyTextsAreFacts: a copy tells who laid down a role from who took it.
func TestEmptyTextsAreFacts(t *testing.T) {
	seal := func(data state.Data) state.Entry {
		_, line, err := state.Seal(statetest.Entry(state.Head{Seq: 4}, data))
		if err != nil {
			t.Fatal(err)
		}
		copied, _, err := state.Withhold(line.Bytes, state.PartsOf(state.Names, state.Notes))
		if err != nil {
			t.Fatal(err)
		}
		e, err := state.Decode(copied)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	for person, want := range map[string]string{"": "", "Ben": state.WithheldText} {
		e := seal(&state.RoleAssigned{Role: "commander", Person: person})
		if got := e.Data.(*state.RoleAssigned); got.Person != want || got.Role != "commander" || e.By.Name != state.WithheldText {
			t.Errorf("a role of %q is read as %+v by %+v", person, got, e.By)
		}
	}
	if got := seal(&state.NoteAdded{Text: "x"}).Data.(*state.NoteAdded); got.Text != state.WithheldText {
		t.Errorf("a note is read as %+v", got)
	}
	if got := seal(&state.EvidenceAdded{Name: "a.log", Size: 3}).Data.(*state.EvidenceAdded); got.Name != "a.log" || got.Note != "" {
		t.Errorf("evidence without a note is read as %+v", got)
	}
}

// TestDigestsGoWithWhatTheyAreOf: a hash over texts of an entry would let one guess them,
// so that its names go whichever part is withheld, and stay if none is.
func TestDigestsGoWithWhatTheyAreOf(t *testing.T) {
	for _, c := range []struct {
		data  state.Data
		parts state.Parts
		want  state.Parts
	}{
		{&state.SitrepIssued{To: "the board", SHA256: state.Sum(nil)}, state.PartsOf(state.Notes), state.PartsOf(state.Names)},
		{&state.SitrepIssued{To: "the board", SHA256: state.Sum(nil)}, 0, 0},
		{&state.SitrepIssued{To: "the board", Text: "Ada said"}, state.PartsOf(state.Evidence), state.PartsOf(state.Notes, state.Names)},
		{&state.NoteAdded{Text: "x"}, state.PartsOf(state.Notes), state.PartsOf(state.Notes)},
	} {
		_, line, err := state.Seal(statetest.Entry(state.Head{}, c.data))
		if err != nil {
			t.Fatal(err)
		}
		_, missing, err := state.Withhold(line.Bytes, c.parts)
		if err != nil || missing != c.want {
			t.Errorf("%T without %v lacks %v, not %v: %v", c.data, c.parts, missing, c.want, err)
		}
	}
}
