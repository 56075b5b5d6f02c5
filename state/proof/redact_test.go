package proof

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"muster/state"
	"muster/state/line"
)

// TestRedaction takes names, notes, evidence and the runbook out of the log of a
// whole incident, by the real muster. In each copy and each report of what is
// withheld no word is left, nor a hash by which it could be guessed back; what is not
// withheld is there, byte for byte; and the head is that of the log.
func TestRedaction(t *testing.T) {
	story := tell(t)
	hideAndSeek(t, story)
	all := []state.Part{state.Names, state.Notes, state.Evidence, state.Procedure}
	for _, parts := range append([][]state.Part{all, {state.Names, state.Evidence}, {state.Notes, state.Procedure}}, split(all)...) {
		withhold := state.PartsOf(parts...)
		name := strings.Join(withhold.Names(), ",")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			copied := []byte(story.muster(t, "export", "--format", "jsonl", "--withhold", name))
			if want := story.without(t, withhold); !bytes.Equal(copied, want) {
				t.Errorf("the copy is not the log with null for what is withheld:\n%s", difference(want, copied))
			}
			story.gone(t, "the copy", copied, withhold)
			path := writeLog(t, copied)
			for _, format := range []string{"md", "json", "csv"} {
				story.gone(t, format, []byte(story.muster(t, "export", "--format", format, "--withhold", name)), withhold)
				story.gone(t, format+" of the copy", []byte(story.muster(t, "export", path, "--format", format)), withhold)
			}
			story.gone(t, "the log", []byte(story.muster(t, "log", path)), withhold)
			if said := story.muster(t, "head", path); said != story.muster(t, "head") {
				t.Errorf("the head is %s", said)
			}
			if said := story.muster(t, "verify", path, "--head", story.head.Code()); !strings.Contains(said, "withheld: ") || !strings.Contains(said, story.head.String()) {
				t.Errorf("muster verify says %s", said)
			}
			if _, err := exec.LookPath("jq"); err != nil || len(parts) < 4 {
				return // the loop takes its time
			}
			if out, err := runLoop(t, line.VerifySh(), copied); err != nil || !strings.Contains(out, "head "+story.head.String()) {
				t.Errorf("the loop says %s, %v", out, err)
			}
		})
	}
}

func split(parts []state.Part) (each [][]state.Part) {
	for _, part := range parts {
		each = append(each, []state.Part{part})
	}
	return each
}

// hideAndSeek wants every secret to be in the log, in the part where it belongs and
// in no facts, with the hashes that a copy must not have: else TestRedaction could
// not fail.
func hideAndSeek(t *testing.T, s *story) {
	t.Helper()
	belongs := map[string]state.Parts{"zqn": state.PartsOf(state.Names), "zqt": state.PartsOf(state.Notes), "zqe": state.PartsOf(state.Evidence),
		"zqr": state.PartsOf(state.Procedure), "zqx": state.PartsOf(state.Notes, state.Procedure)}
	found, whole := make(map[string]bool), s.without(t, 0)
	for _, secret := range s.secrets {
		found[secret.text] = true
		if want := belongs[secret.text[:min(3, len(secret.text))]]; secret.word && want != 0 && secret.parts != want {
			t.Errorf("%s stands in %v", secret.text, secret.parts.Names())
		}
	}
	for _, word := range secretWord.FindAllString(secretBook+acts+"zqt40 zqt41 zqr30 zqr31 zqr32 zqn01", -1) {
		if !found[word] && word != "zqe02" {
			t.Errorf("the log has no %s", word)
		}
	}
	if facts := secretWord.Find(s.facts()); facts != nil {
		t.Errorf("%s stands among the facts", facts)
	}
	hashed := make(map[string]bool)
	for _, secret := range s.secrets {
		if bytes.Contains(whole, []byte(state.Sum([]byte(secret.text)).String())) {
			hashed[secret.text] = true
		}
	}
	// Two runbooks, a file, two sitreps, a text that was sent, and every part.
	if want := 6 + len(s.salts(t)); len(hashed) != want {
		t.Errorf("the log has the hashes of %d texts, want %d", len(hashed), want)
	}
	if kinds := len(s.kinds(t)); kinds < 34 {
		t.Errorf("the incident has only %d kinds of entries", kinds)
	}
}

// facts is all of the log that nobody can withhold without its entry.
func (s *story) facts() (facts []byte) {
	for _, line := range s.lines {
		facts = append(append(facts, line.E...), line.D...)
	}
	return facts
}

func (s *story) kinds(t *testing.T) map[state.Kind]bool {
	kinds := make(map[state.Kind]bool)
	for _, line := range s.lines {
		kinds[line.kind(t)] = true
	}
	return kinds
}

// salts are those of all parts; each is there once.
func (s *story) salts(t *testing.T) map[string]bool {
	t.Helper()
	salts := make(map[string]bool)
	for i, line := range s.lines {
		for part, raw := range line.P {
			var salted struct{ Salt string }
			if err := json.Unmarshal(raw, &salted); err != nil || len(salted.Salt) != 22 || salts[salted.Salt] || strings.Count(salted.Salt, "A") > 16 {
				t.Errorf("the %s of entry %d have the salt %q, %v", part, i+1, salted.Salt, err)
			}
			salts[salted.Salt] = true
		}
	}
	return salts
}

// without is the copy of the log that is wanted, made without muster.
func (s *story) without(t *testing.T, withhold state.Parts) (copied []byte) {
	t.Helper()
	if withhold.Has(state.Names) {
		withhold |= state.PartsOf(state.Procedure) // which says how to reach people
	}
	for _, line := range s.lines {
		gone := withhold
		if withhold != 0 && line.kind(t) == state.KindSitrepIssued {
			gone |= state.PartsOf(state.Names, state.Notes) // which have its hash and its text
		}
		var parts []string
		for _, part := range []string{"names", "notes", "evidence", "runbook"} {
			switch raw, there := line.P[part]; {
			case there && slices.Contains(gone.Names(), part):
				parts = append(parts, `"`+part+`":null`)
			case there:
				parts = append(parts, `"`+part+`":`+string(raw))
			}
		}
		copied = fmt.Appendf(copied, `{"e":%s,"d":%s,"p":{%s}}`+"\n", line.E, line.D, strings.Join(parts, ","))
	}
	return copied
}

// gone wants nothing in a text of what only withheld parts have: no word, no salt,
// and of no text the hash, nor half of it, nor with any salt that is left.
//
// A report of the whole log keeps its deadlines when names are withheld: what the law
// asks is a fact. They go with the runbook if that is asked for, and from every copy.
func (s *story) gone(t *testing.T, what string, text []byte, withheld state.Parts) {
	t.Helper()
	deadlines := ""
	if !withheld.Has(state.Procedure) && (what == "md" || what == "json") {
		deadlines = "zqr10 zqr11"
	}
	if withheld.Has(state.Names) {
		withheld |= state.PartsOf(state.Procedure)
	}
	for _, secret := range s.secrets {
		// A sitrep has something of every part, and goes with any.
		if secret.parts&^withheld != 0 && secret.parts != state.AllParts {
			continue
		}
		if secret.word && strings.Contains(deadlines, secret.text) {
			continue
		}
		if secret.word && bytes.Contains(text, []byte(secret.text)) {
			t.Errorf("%s has %s", what, secret.text)
		}
		if strings.HasPrefix(secret.text, `{"salt":`) {
			continue // its hash is to stay
		}
		if half := state.Sum([]byte(secret.text)).String()[:32]; bytes.Contains(text, []byte(half)) {
			t.Errorf("%s has the hash of %.80q", what, secret.text)
		}
	}
	s.guess(t, what, text)
}

var (
	saltLeft = regexp.MustCompile(`\{"salt":"([^"]{22})"`)
	hashLeft = regexp.MustCompile(`"[0-9a-f]{64}"`)
)

// guess tries whatever a part could have been, with every salt that is left, against
// every hash that is left.
func (s *story) guess(t *testing.T, what string, text []byte) {
	t.Helper()
	hashes := make(map[string]bool)
	for _, hash := range hashLeft.FindAll(text, -1) {
		hashes[string(hash[1:65])] = true
	}
	salts := saltLeft.FindAllSubmatch(text, -1)
	for _, line := range s.lines {
		for part, raw := range line.P {
			if bytes.Contains(text, raw) || part == "runbook" {
				continue // it is not withheld; or it is long, and tried in gone
			}
			_, rest, _ := bytes.Cut(raw, []byte(`",`))
			for _, guess := range append([][][]byte{{nil, {}}}, salts...) {
				if try := fmt.Appendf(nil, `{"salt":"%s",%s`, guess[1], rest); hashes[state.Sum(try).String()] {
					t.Errorf("%s gives %s away by the salt %s", what, raw, guess[1])
				}
			}
		}
	}
}
