package proof

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// A story is an incident that was played by the real muster, and its secrets.
type story struct {
	shell
	path    string
	lines   []rawLine
	head    state.Hash
	secrets []secret
}

// A secret is a text that can be withheld, whole or a word in it, and the parts that
// have it: without them it must not be found.
type secret struct {
	text  string
	parts state.Parts
	word  bool // it stands nowhere else, and must itself be gone; else only its hash
}

// A rawLine is a line of a log, its pieces as they lie.
type rawLine struct {
	E, D json.RawMessage
	P    map[string]json.RawMessage
}

func (l *rawLine) kind(t *testing.T) state.Kind {
	t.Helper()
	var e struct{ Kind state.Kind }
	if err := json.Unmarshal(l.E, &e); err != nil {
		t.Fatal(err)
	}
	return e.Kind
}

// secretBook is a runbook with a secret word (zqr…) in most places. That of the
// notice's text, zqx1, gets into notes.
const secretBook = `
title = "zqr01 attack"
summary = "zqr02"
org = "zqr03"
[[role]]
id = "commander"
title = "zqr04"
[[input]]
id = "bridge"
prompt = "zqr05"
[[service]]
id = "gisis"
title = "GISIS zqr06"
restore = "zqr07"
[[contact]]
id = "cert"
title = "zqr08"
reach = ["tel:+44 20 zqr09"]
[[clock]]
id = "dsb"
title = "zqr10"
within = "72h"
starts = "manual"
stops = "manual"
source = "zqr11"
[[notice]]
id = "holding"
title = "zqr12"
audience = "zqr13"
approver = "commander"
claims = ["gisis=affected"]
text = "zqx1 we know, {{ .Answers.bridge }}"
[[phase]]
id = "first"
title = "zqr14"
[[phase.step]]
id = "look"
title = "zqr15"
text = "zqr16"
checklist = ["zqr17"]
ask = [{ id = "host", prompt = "zqr18" }]
[[phase.step]]
id = "decide"
kind = "decision"
title = "zqr19"
options = [{ id = "yes", title = "zqr20" }, { id = "no", title = "no" }]
[[phase.step]]
id = "cut"
title = "zqr21"
two_person = true
needs = ["decide"]
[[phase.step]]
id = "later"
title = "zqr22"
needs = ["cut"]
`

// acts is what people do, a command each: zqn… are names, zqt… notes, zqe… evidence.
const acts = `
note|zqt01 the helpdesk has 40 calls
input|bridge=zqt02
role|commander|zqn02
role|hand|commander|zqn03|--as|zqn02
role|ack|commander|--as|zqn03
step|assign|look|zqn04
step|start|look|--note|zqt03
step|tick|look|1
step|done|look|--note|zqt04|--set|host=zqt05
step|answer|decide|yes|--note|zqt06
step|start|later|--override|zqt07
step|block|later|--why|zqt08
step|done|cut|--note|zqt09
step|confirm|cut|--as|zqn05|--note|zqt10
step|fail|later|--why|zqt11
step|reopen|later|--why|zqt12
step|skip|later|--why|zqt13
step|add|zqt14|--text|zqt15
service|gisis|affected|--why|zqt16
severity|SEV1|--why|zqt17
notice|draft|holding
notice|approve|holding|--as|zqn03
notice|send|holding|--by-hand|--channel|zqn06 telephones|--to|zqn07
notice|draft|own|--title|zqt18|--audience|zqt19|--text|zqt20|--no-claims
contact|call|cert|no-answer|--via|zqn08|--note|zqt21
contact|call|zqn09|reached|--title|zqn10|--via|zqn11|--note|zqt22
evidence|zqe01.txt|--note|zqt23
timer|set|10m|zqt24
clock|start|dsb|--why|zqt25
clock|met|dsb|--why|zqt26
attach|second.toml|--why|zqt27
amend|3|--text|zqt28|--why|zqt29
note|zqt30
undo|--why|zqt31
witness|zqn12|--how|zqn13
sitrep|--issue|--to|zqn14|--format|md
close|zqt32|--override|zqt33
reopen|ID|--why|zqt34
`

// tell plays the incident.
func tell(t *testing.T) *story {
	t.Helper()
	s := &story{shell: shell{t, t.TempDir(), t.TempDir()}}
	content := "zqe02, first line\nand a second\n"
	s.write(filepath.Join(s.state, "book.toml"), []byte(secretBook))
	s.write(filepath.Join(s.state, "second.toml"), []byte("title = \"zqr30\"\n[[phase]]\ntitle = \"zqr31\"\n[[phase.step]]\nid = \"more\"\ntitle = \"zqr32\"\n[[contact]]\nid = \"more\"\ntitle = \"zqr33\"\nreach = [\"tel:1\"]\n"))
	s.write(filepath.Join(s.state, "zqe01.txt"), []byte(content))
	id := strings.TrimSpace(s.muster(t, "start", "book.toml", "--no-open", "--title", "zqt40", "--input", "bridge=zqt41"))
	var sitrep string
	for act := range strings.Lines(strings.TrimSpace(acts)) {
		said := s.muster(t, strings.Split(strings.Replace(strings.TrimSpace(act), "|ID|", "|"+id+"|", 1), "|")...)
		if strings.HasPrefix(act, "sitrep") {
			sitrep = said
		}
	}
	s.sign(t)
	s.path = statetest.LogPath(s.state, id)
	log, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(log) {
		var raw rawLine
		if err := json.Unmarshal(line, &raw); err != nil {
			t.Fatal(err)
		}
		s.lines = append(s.lines, raw)
		s.head = state.Sum(raw.E)
	}
	s.secrets = append(s.secrets, secret{content, state.PartsOf(state.Evidence), false}, secret{sitrep, state.AllParts, false})
	s.find(t)
	return s
}

// sign signs the head: the key's fingerprint is a name.
func (s *story) sign(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("ssh-keygen"); err != nil {
		return
	}
	key := filepath.Join(s.books, "key")
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key).CombinedOutput(); err != nil {
		t.Fatalf("ssh-keygen: %v %s", err, out)
	}
	s.muster(t, "sign", "--key", key, "-o", filepath.Join(s.books, "signed"))
}

// muster runs the real muster as zqn01, in the state directory.
func (s *story) muster(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command(binary(t), args...)
	cmd.Dir = s.state
	cmd.Env = []string{"HOME=" + s.state, "MUSTER_STATE=" + s.state, "MUSTER_AS=zqn01", "XDG_CONFIG_HOME=" + s.state, "PATH=" + os.Getenv("PATH"), "TZ=UTC", "MUSTER_TERMINAL=none"}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("muster %q: %v\n%s%s", args, err, out.Bytes(), errs.Bytes())
	}
	return out.String()
}

var secretWord = regexp.MustCompile(`zq[a-z][0-9]+`)

// find finds the secrets in the parts of all lines: the words, the texts they stand
// in, the parts as they lie, and whatever else is text there.
func (s *story) find(t *testing.T) {
	t.Helper()
	where := make(map[string]state.Parts)
	for _, line := range s.lines {
		// A sitrep says something of every part, and goes with any.
		sitrep := line.kind(t) == state.KindSitrepIssued
		for _, part := range []state.Part{state.Names, state.Notes, state.Evidence, state.Procedure} {
			raw := line.P[part.String()]
			for _, text := range append(texts(t, raw), string(raw)) {
				if sitrep && secretWord.FindString(text) != text && len(text) != 22 {
					where[text] = state.AllParts
					continue
				}
				where[text] |= state.PartsOf(part)
				for _, word := range secretWord.FindAllString(text, -1) {
					where[word] |= state.PartsOf(part)
				}
			}
		}
	}
	delete(where, "")
	for text, parts := range where {
		s.secrets = append(s.secrets, secret{text, parts, secretWord.FindString(text) == text || len(text) == 22})
	}
}

// texts are the strings in a JSON value, salts among them.
func texts(t *testing.T, raw json.RawMessage) (all []string) {
	t.Helper()
	if raw == nil {
		return nil
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			all = append(all, v)
		case []any:
			for _, v := range v {
				walk(v)
			}
		case map[string]any:
			for _, v := range v {
				walk(v)
			}
		}
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	walk(v)
	return all
}
