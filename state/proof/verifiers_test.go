package proof

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"muster/state"
	"muster/state/filelog"
	"muster/state/line"
)

var updateVerifiers = flag.Bool("update-verifiers", false, "write into SECURITY.md what finds which forgery")

// at is the line that is forged: a done step with names and notes, in the middle.
const at = 2

// anew is l with its line at forged, all hashes being right: change is given envelope,
// content and parts, and what it makes of the content and of the parts is hashed anew.
func anew(l log, change func(e, d, p string) (string, string, string)) []byte {
	l = slices.Clone(l)
	e, d, p := change(pieces(l[at]))
	e = strings.Replace(e, cutOut(e, `"c":"`), state.Sum([]byte(d)).String(), 1)
	l[at] = []byte(`{"e":` + e + `,"d":` + d + `,"p":` + p + "}\n")
	return l.relink(at + 1)
}

// pieces is a line's envelope, content and parts.
func pieces(text []byte) (e, d, p string) {
	rest := strings.TrimSuffix(strings.TrimPrefix(string(text), `{"e":`), "}\n")
	e, rest, _ = strings.Cut(rest, `,"d":`)
	i := strings.LastIndex(rest, `,"p":{"names":`)
	return e, rest[:i], rest[i+len(`,"p":`):]
}

// cutOut is the hash behind a key.
func cutOut(text, key string) string {
	_, rest, _ := strings.Cut(text, key)
	return rest[:min(64, len(rest))]
}

// relink makes all lines from one on follow from those before.
func (l log) relink(from int) []byte {
	for i := from; i < len(l); i++ {
		before := l[i-1]
		envelope, _, _ := bytes.Cut(bytes.TrimPrefix(before, []byte(`{"e":`)), []byte(`,"d":`))
		old := cutOut(string(l[i]), `"prev":"`)
		l[i] = bytes.Replace(l[i], []byte(old), []byte(state.Sum(envelope).String()), 1)
	}
	return l.bytes()
}

// inE, inD and inP are forgeries that replace something once, with all hashes right.
func inE(old, by string) func(log) []byte {
	return func(l log) []byte {
		return anew(l, func(e, d, p string) (string, string, string) { return swap(e, old, by), d, p })
	}
}

func inD(old, by string) func(log) []byte {
	return func(l log) []byte {
		return anew(l, func(e, d, p string) (string, string, string) { return e, swap(d, old, by), p })
	}
}

// inP changes the notes, and their hash in the content.
func inP(old, by string) func(log) []byte {
	return func(l log) []byte {
		return anew(l, func(e, d, p string) (string, string, string) {
			i := strings.Index(p, `,"notes":`) + len(`,"notes":`)
			notes := p[i : len(p)-1]
			forged := swap(notes, old, by)
			return e, swap(d, state.Sum([]byte(notes)).String(), state.Sum([]byte(forged)).String()), p[:i] + forged + "}"
		})
	}
}

func swap(text, old, by string) string {
	if !strings.Contains(text, old) {
		panic(fmt.Sprintf("%s has no %s", text, old))
	}
	return strings.Replace(text, old, by, 1)
}

// whole is a forgery that gives the line at in place of the one that was there; its
// content has the hash that the envelope says.
func whole(change func(e, d, p string) string) func(log) []byte {
	return func(l log) []byte {
		l = slices.Clone(l)
		l[at] = []byte(change(pieces(l[at])) + "\n")
		return l.relink(at + 1)
	}
}

// lines is a forgery of the file that leaves the lines as they are.
func lines(change func(l log) log) func(log) []byte {
	return func(l log) []byte { return change(slices.Clone(l)).bytes() }
}

func raw(change func(all string) string) func(log) []byte {
	return func(l log) []byte { return []byte(change(string(l.bytes()))) }
}

// other is a log of another incident.
func other() log { return newLog(6)[:6].others() }

// others is l as another incident's.
func (l log) others() log {
	l = slices.Clone(l)
	for i := range l {
		l[i] = bytes.Replace(l[i], []byte(`"recorded":"20`), []byte(`"recorded":"19`), 1)
	}
	l.relink(1)
	return l
}

// notesKey is what stands before the hash of the notes in a content.
const notesKey = `,"notes":"`

var forgeries = []forgery{
	{"a byte order mark", raw(func(all string) string { return "\ufeff" + all })},
	{"a byte order mark in the middle", lines(func(l log) log { l[at] = append([]byte("\ufeff"), l[at]...); return l })},
	{"CRLF on all lines", raw(func(all string) string { return strings.ReplaceAll(all, "\n", "\r\n") })},
	{"CRLF on one line", lines(func(l log) log { l[at] = append(bytes.TrimSuffix(l[at], []byte("\n")), "\r\n"...); return l })},
	{"a NUL at the end", raw(func(all string) string { return all + "\x00" })},
	{"a NUL before a line", lines(func(l log) log { l[at] = append([]byte{0}, l[at]...); return l })},
	{"a NUL in a text", lines(func(l log) log { l[at] = bytes.Replace(l[at], []byte("+44"), []byte("+\x0044"), 1); return l })},
	{"a sector of NULs behind the end", raw(func(all string) string { return all + strings.Repeat("\x00", 512) })},
	{"an empty file", raw(func(string) string { return "" })},
	{"a newline alone", raw(func(string) string { return "\n" })},
	{"an empty line in the middle", lines(func(l log) log { return slices.Insert(l, at, []byte("\n")) })},
	{"an empty line at the end", raw(func(all string) string { return all + "\n" })},
	{"a blank at a line's end", lines(func(l log) log { l[at] = append(bytes.TrimSuffix(l[at], []byte("\n")), " \n"...); return l })},
	{"a tab at a line's beginning", lines(func(l log) log { l[at] = append([]byte("\t"), l[at]...); return l })},
	{"a line pretty-printed", lines(func(l log) log { l[at] = pretty(l[at]); return l })},
	{"UTF-16", raw(func(all string) string { return utf16LE(all) })},
	{"a file of another kind", raw(func(string) string { return "root:x:0:0:root:/root:/bin/sh\n" })},
	{"a file glued to itself", raw(func(all string) string { return all + all })},
	{"another incident's file glued to it", raw(func(all string) string { return all + string(other().bytes()) })},
	{"a line of another incident", lines(func(l log) log { return slices.Insert(l, at, other()[at]) })},
	{"a line replaced by another incident's", lines(func(l log) log { l[at] = other()[at]; return l })},
	{"the first line gone", lines(func(l log) log { return l[1:] })},
	{"a line gone", lines(func(l log) log { return slices.Delete(l, at, at+1) })},
	{"a line doubled", lines(func(l log) log { return slices.Insert(l, at, l[at]) })},
	{"two lines swapped", lines(func(l log) log { l[at], l[at+1] = l[at+1], l[at]; return l })},
	{"the end cut off within a line", raw(func(all string) string { return all[:len(all)-40] })},
	{"a line broken in two", lines(func(l log) log { l[at] = slices.Insert(bytes.Clone(l[at]), 60, '\n'); return l })},
	{"two lines joined", lines(func(l log) log { l[at] = bytes.TrimSuffix(l[at], []byte("\n")); return l })},
	{"another byte where the last newline was", raw(func(all string) string { return strings.TrimSuffix(all, "\n") + "x" })},
	{"{} behind the end", raw(func(all string) string { return all + "{}\n" })},
	{"null behind the end", raw(func(all string) string { return all + "null\n" })},
	{"a text behind the end", raw(func(all string) string { return all + "\"end\"\n" })},

	{"a text changed, its hash not", lines(func(l log) log { l[at] = bytes.Replace(l[at], []byte("+44"), []byte("+49"), 1); return l })},
	{"a fact changed, its hash not", lines(func(l log) log { l[at] = bytes.Replace(l[at], []byte("step-2"), []byte("step-3"), 1); return l })},
	{"a content changed with c, its line's hash not", func(l log) []byte {
		forged := bytes.SplitAfter(inD("step-2", "step-3")(l), []byte("\n"))
		l = slices.Clone(l)
		l[at] = forged[at]
		return l.bytes()
	}},
	{"the keys of an envelope reordered", inE(`"v":2,"seq":3`, `"seq":3,"v":2`)},
	{"a key more in an envelope", inE(`,"mode"`, `,"x":1,"mode"`)},
	{"a key doubled in an envelope", inE(`"seq":3`, `"seq":9,"seq":3`)},
	{"an envelope without its kind", inE(`,"kind":"step.done"`, ``)},
	{"a version that is a text", inE(`"v":2`, `"v":"2"`)},
	{"a version to come", inE(`"v":2`, `"v":3`)},
	{"the version 2.0", inE(`"v":2`, `"v":2.0`)},
	{"a number that is a text", inE(`"seq":3`, `"seq":"3"`)},
	{"a number with a fraction", inE(`"seq":3`, `"seq":3.0`)},
	{"a number with a leading zero", inE(`"seq":3`, `"seq":03`)},
	{"a number with an exponent", inE(`"seq":3`, `"seq":3e0`)},
	{"a blank behind a colon", inE(`"seq":3`, `"seq": 3`)},
	{"an escaped letter in an envelope", inE(`"mode":"live"`, `"mode":"liv\u0065"`)},
	{"a mode that is none", inE(`"mode":"live"`, `"mode":"Live"`)},
	{"a drill's line in a live log", inE(`"mode":"live"`, `"mode":"drill"`)},
	{"a kind in capitals", inE(`"kind":"step.done"`, `"kind":"STEP.DONE"`)},
	{"a kind that is empty", inE(`"kind":"step.done"`, `"kind":""`)},
	{"a kind of 41 letters", inE(`"kind":"step.done"`, `"kind":"`+strings.Repeat("k", 41)+`"`)},
	{"a time without its fraction", inE(`.000000000Z`, `Z`)},
	{"a time with an offset", inE(`.000000000Z`, `.000000000+00:00`)},
	{"a time that no clock shows", inE(`-24T`, `-31T`)},
	{"a time with a small z", inE(`.000000000Z`, `.000000000z`)},
	{"30 February", inE(`-11-24T`, `-02-30T`)},
	{"a second 60", second60},
	{"a no-break space in a kind", inE(`"kind":"step.done"`, "\"kind\":\"step.\u00a0done\"")},
	{"the last line's mode", func(l log) []byte {
		l = slices.Clone(l)
		l[len(l)-1] = bytes.Replace(l[len(l)-1], []byte(`"mode":"live"`), []byte(`"mode":"drill"`), 1)
		return l.bytes()
	}},
	{"a hash in capitals", inE(`"prev":"`, `"prev":"A`)},
	{"a line that opens nothing at the beginning", func(l log) []byte {
		l = slices.Clone(l)
		l[0] = bytes.Replace(l[0], []byte(`"kind":"incident.opened"`), []byte(`"kind":"incident.closed"`), 1)
		return l.relink(1)
	}},

	{"a key more in a line", whole(func(e, d, p string) string { return `{"e":` + e + `,"d":` + d + `,"p":` + p + `,"x":1}` })},
	{"a key doubled in a line", whole(func(e, d, p string) string { return `{"e":` + e + `,"d":null,"d":` + d + `,"p":` + p + `}` })},
	{"the keys of a line reordered", whole(func(e, d, p string) string { return `{"d":` + d + `,"e":` + e + `,"p":` + p + `}` })},
	{"a comma behind the last key", whole(func(e, d, p string) string { return `{"e":` + e + `,"d":` + d + `,"p":` + p + `,}` })},
	{"a line without its parts", whole(func(e, d, _ string) string { return `{"e":` + e + `,"d":` + d + `}` })},
	{"a line without parts, withheld", whole(func(e, _, _ string) string { return `{"e":` + e + `,"d":null}` })},
	{"a content withheld, and a text for its parts", whole(func(e, _, _ string) string { return `{"e":` + e + `,"d":null,"p":"any text"}` })},
	{"a content withheld, and its parts not", whole(func(e, _, p string) string { return `{"e":` + e + `,"d":null,"p":` + p + `}` })},
	{"a content withheld, and no parts", whole(func(e, _, _ string) string { return `{"e":` + e + `,"d":null,"p":{}}` })},
	{"parts withheld as a whole", whole(func(e, d, _ string) string { return `{"e":` + e + `,"d":` + d + `,"p":null}` })},
	{"a text for an envelope", whole(func(_, d, p string) string { return `{"e":"e","d":` + d + `,"p":` + p + `}` })},
	{"null for an envelope", whole(func(_, _, _ string) string { return `{"e":null,"d":null,"p":null}` })},
	{"a list for a line", whole(func(e, d, p string) string { return `[` + e + `,` + d + `,` + p + `]` })},
	{"a text for a content", func(l log) []byte {
		return anew(l, func(e, _, _ string) (string, string, string) { return e, `"any text"`, `null` })
	}},
	{"a list for a content", func(l log) []byte {
		return anew(l, func(e, _, p string) (string, string, string) { return e, `[]`, p })
	}},

	{"a part that no content names", func(l log) []byte {
		return anew(l, func(e, d, p string) (string, string, string) {
			return e, d, strings.TrimSuffix(p, "}") + `,"evidence":null}`
		})
	}},
	{"a part gone", func(l log) []byte {
		return anew(l, func(e, d, p string) (string, string, string) { return e, d, p[:strings.Index(p, `,"notes":`)] + "}" })
	}},
	{"a part by another name", func(l log) []byte {
		return anew(l, func(e, d, p string) (string, string, string) {
			return e, swap(d, notesKey, `,"facts":"`), swap(p, `,"notes":`, `,"facts":`)
		})
	}},
	{"parts in another order", func(l log) []byte {
		return anew(l, func(e, d, p string) (string, string, string) {
			names, notes, _ := strings.Cut(strings.Trim(p, "{}"), `,"notes":`)
			return e, d, `{"notes":` + notes + `},` + names + `}}`
		})
	}},
	{"a text for a part", inP(`{"salt"`, `"salt"`)},
	{"a text in place of a part", inPWhole(`"any text"`)},
	{"a number in place of a part", inPWhole(`1`)},
	{"true in place of a part", inPWhole(`true`)},
	{"a list in place of a part", inPWhole(`[]`)},
	{"an empty part", inPWhole(`{}`)},
	{"a part of only its salt", inPWhole(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA"}`)},
	{"a part without its salt", inPWhole(`{"data":{"note":"x"}}`)},
	{"a part with a short salt", inPWhole(`{"salt":"AwsA","data":{"note":"x"}}`)},
	{"a salt with a blank", inPWhole(`{"salt":"AwsAAAAAAAAA AAAAAAAAA","data":{"note":"x"}}`)},
	{"a salt with a letter of two bytes", inPWhole(`{"salt":"AwsAAAAAAAAAéAAAAAAAAA","data":{"note":"x"}}`)},
	{"a salt with bits over", inPWhole(`{"salt":"AwsAAAAAAAAAAAAAAAAAAB","data":{"note":"x"}}`)},
	{"a blank behind the hash of a part", inD(`"},`, ` "},`)},
	{"a blank behind the hash of a content", inE(`"}`, ` "}`)},
	{"a blank behind the hash of the line before", inE(`","recorded"`, ` ","recorded"`)},
	{"it occurred at a time with an offset", inD(`,"zone":`, `,"occurred":"2026-11-24T02:41:07+00:00","zone":`)},
	{"it occurred on 30 February", inD(`,"zone":`, `,"occurred":"2026-02-30T02:41:07Z","zone":`)},
	{"a key more in a part", inP(`"salt":"`, `"x":"b","salt":"`)},
	{"a key more at a part's end", inPWhole(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","data":{"note":"x"},"x":null}`)},
	{"an empty object for a part's data", inPWhole(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","data":{}}`)},
	{"a reason for nothing", inP(`,"data"`, `,"override":"w","data"`)},

	{"a key more in a content", inD(`,"data":`, `,"x":1,"data":`)},
	{"a key doubled in a content", inD(`,"zone":`, `,"zone":"Z","zone":`)},
	{"the keys of a content reordered", inD(`"via":"local",`, ``)},
	{"a key escaped", inD(`"via":`, `"v\u0069a":`)},
	{"null for a text", inD(`"via":"local"`, `"via":null`)},
	{"an object for a text", inD(`"via":"local"`, `"via":{}`)},
	{"an empty role", inD(`"role":"commander"`, `"role":""`)},
	{"null for what was overridden", inD(`,"data":`, `,"override":null,"data":`)},
	{"a list for the data", inDData(`[]`)},
	{"a text for the data", inDData(`"any text"`)},
	{"a key doubled in the data", inDData(`{"step":"a","step":"b"}`)},
	{"a key in capitals in the data", inDData(`{"step":"a","Step":"b"}`)},
	{"1e2 in the data", inDData(`{"step":"a","n":1e2}`)},
	{"1.0 in the data", inDData(`{"step":"a","n":1.0}`)},
	{"-0 in the data", inDData(`{"step":"a","n":-0}`)},
	{"2^53+1 in the data", inDData(`{"step":"a","n":9007199254740993}`)},
	{"data nested 17 deep", inDData(`{"step":"a","n":` + strings.Repeat("[", 16) + strings.Repeat("]", 16) + `}`)},
	{"an escape that jq does not write", inDData(`{"step":"\u0061"}`)},
	{"a slash escaped", inDData(`{"step":"a\/b"}`)},
	{"DEL that is not escaped", inDData("{\"step\":\"a\x7f\"}")},
	{"a surrogate in UTF-8", inDData("{\"step\":\"\xed\xa0\x80\"}")},
	{"a byte that is not UTF-8", inDData("{\"step\":\"\xff\"}")},
	{"Latin-1", inDData("{\"step\":\"caf\xe9\"}")},
	{"a line of 70 KB", inDData(`{"step":"` + strings.Repeat("a", 70<<10) + `"}`)},
}

// second60 has an entry recorded in a second that no minute has.
func second60(l log) []byte {
	return anew(l, func(e, d, p string) (string, string, string) {
		i := strings.Index(e, `.000000000Z"`)
		return e[:i-2] + "60" + e[i:], d, p
	})
}

// inPWhole puts a value in the place of the notes, and its hash in the content.
func inPWhole(value string) func(log) []byte {
	return func(l log) []byte {
		_, _, p := pieces(l[at])
		i := strings.Index(p, `,"notes":`) + len(`,"notes":`)
		return inP(p[i:len(p)-1], value)(l)
	}
}

// inDData puts a value in the place of the facts' data.
func inDData(value string) func(log) []byte {
	return func(l log) []byte {
		_, d, _ := pieces(l[at])
		i := strings.Index(d, `,"data":`) + len(`,"data":`)
		return inD(d[i:len(d)-1], value)(l)
	}
}

// pretty prints a line as an editor would.
func pretty(text []byte) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func utf16LE(text string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}

// TestForgeries gives each forgery to every verifier that is handed out. What only some
// find, SECURITY.md says.
func TestForgeries(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("there is no jq")
	}
	l := newLog(5)
	for name, good := range map[string][]byte{
		"a whole log": l.bytes(), "a copy of only facts": l.without(state.PartsOf(state.Names, state.Notes, state.Evidence)).bytes(),
		"a copy of nothing": l.without(state.AllParts).bytes(), "a log whose last newline is gone": bytes.TrimSuffix(l.bytes(), []byte("\n")),
	} {
		path := writeLog(t, good)
		if found := findersOf(t, path, byPython(t, python, []string{path})); found != "nobody" {
			t.Errorf("%s is found wrong by %s", name, found)
		}
	}
	for _, right := range rightForms {
		path := writeLog(t, right.make(l))
		if found := findersOf(t, path, byPython(t, python, []string{path})); found != "nobody" {
			t.Errorf("%s is found wrong by %s", right.what, found)
		}
	}
	forgeries := slices.Concat(forgeries, finer)
	paths, found := make([]string, len(forgeries)), make([]string, len(forgeries))
	for i, forgery := range forgeries {
		paths[i] = writeLog(t, forgery.make(newLog(5)))
	}
	wrong := byPython(t, python, paths)
	t.Run("each", func(t *testing.T) {
		for i, forgery := range forgeries {
			t.Run(forgery.what, func(t *testing.T) {
				t.Parallel()
				found[i] = findersOf(t, paths[i], wrong)
			})
		}
	})
	if len(forgeries) < 60 {
		t.Errorf("only %d forgeries are tried", len(forgeries))
	}
	for finders, says := range map[string]string{
		"muster verify, verify.py, the loop": "forgeries are found by `muster verify`, `verify.py` and the loop:",
		"muster verify, verify.py":           "more are found by `muster verify` and `verify.py`:",
	} {
		var list []string
		for i := range forgeries {
			if found[i] == finders {
				list, found[i] = append(list, forgeries[i].what), ""
			}
		}
		holdsList(t, fmt.Sprint(len(list), " ", says), list)
	}
	for i, by := range found {
		if by != "" {
			t.Errorf("%s is found by: %s", forgeries[i].what, by)
		}
	}
}

// TestOneVerifier: SECURITY.md prints the loop that reports have.
func TestOneVerifier(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "```sh\n"+line.VerifySh()+"```\n") {
		t.Error("SECURITY.md prints another loop than state/line/verify.sh")
	}
}

// inOneProcess runs the script that is its first argument on each of the others, as if
// each time anew, and says of which it ends with an error.
const inOneProcess = `
import contextlib, io, runpy, sys
script, paths = sys.argv[1], sys.argv[2:]
for path in paths:
    sys.argv = [script, path]
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        if end.code:
            print(path)
`

// byPython has verify.py look at logs, and is in which it finds something wrong. Python
// takes a tenth of a second to start, so it starts once.
func byPython(t *testing.T, python string, paths []string) map[string]bool {
	t.Helper()
	script := filepath.Join(t.TempDir(), "verify.py")
	if err := os.WriteFile(script, []byte(line.VerifyPy()), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, append([]string{"-c", inOneProcess, script}, paths...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("verify.py breaks down: %v %s", err, errs.Bytes())
	}
	wrong := map[string]bool{}
	for _, path := range strings.Fields(string(out)) {
		wrong[path] = true
	}
	return wrong
}

// findersOf names the verifiers that find something wrong with a log.
func findersOf(t *testing.T, path string, byPython map[string]bool) string {
	t.Helper()
	found := []string{}
	if report, err := filelog.File(path).Verify(context.Background(), nil); err != nil || report.Damage != nil || report.Torn > 0 {
		found = append(found, "muster verify")
	}
	if byPython[path] {
		found = append(found, "verify.py")
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := runLoop(t, line.VerifySh(), content); err != nil {
		found = append(found, "the loop")
	}
	if len(found) == 0 {
		return "nobody"
	}
	return strings.Join(found, ", ")
}
