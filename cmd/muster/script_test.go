package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts' own commands that read JSON, wait for other processes and tamper with
// logs.

// json [PATH [WANT]]: the last standard output is JSON, one value or a value a line,
// and holds something, or WANT, at PATH: keys and numbers from 0, with dots between; len for a
// length.
func jsonCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 0, 2)
	value, err := decodeAll(ts.ReadFile("stdout"))
	ts.Check(err)
	if len(args) == 0 {
		return
	}
	found, err := at(value, args[0])
	ts.Check(err)
	if len(args) == 2 && found != args[1] {
		ts.Fatalf("%s is %s, want %s", args[0], found, args[1])
	}
}

// decodeAll is the one value that text holds, or the list of those it holds.
func decodeAll(text string) (any, error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	var all []any
	for decoder.More() {
		var v any
		if err := decoder.Decode(&v); err != nil {
			return nil, fmt.Errorf("this is not JSON: %w", err)
		}
		all = append(all, v)
	}
	switch len(all) {
	case 0:
		return nil, fmt.Errorf("there is no JSON")
	case 1:
		return all[0], nil
	}
	return all, nil
}

// at is what stands at a path, as text.
func at(value any, path string) (string, error) {
	for key := range strings.SplitSeq(path, ".") {
		var ok bool
		switch v := value.(type) {
		case map[string]any:
			value, ok = v[key]
		case []any:
			n, err := strconv.Atoi(key)
			if ok = err == nil && n >= 0 && n < len(v); ok {
				value = v[n]
			} else if key == "len" {
				value, ok = len(v), true
			}
		}
		if !ok {
			return "", fmt.Errorf("%s: nothing stands at %s", path, key)
		}
	}
	if text, ok := value.(string); ok {
		return text, nil
	}
	text, err := json.Marshal(value)
	return string(text), err
}

// until FILE TEXT: waits for a file to hold a text that another process writes.
func untilCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 2, 2)
	for range 2000 {
		data, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && strings.Contains(string(data), args[1]) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	ts.Fatalf("%s never held %q", args[0], args[1])
}

// tamper FILE HOW [N]: changes a log behind muster's back; tampers lists how.
func tamperCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 2, 3)
	n := 1
	if len(args) == 3 {
		var err error
		n, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	lines := bytes.SplitAfter(data, []byte("\n"))
	lines = lines[:len(lines)-1] // what is behind the last newline
	how, ok := tampers[args[1]]
	if !ok || n < 1 || n > len(lines) {
		ts.Fatalf("%s has no line %d, or %s is not a way to tamper", args[0], n, args[1])
	}
	ts.Check(os.WriteFile(path, bytes.Join(how(lines, n-1), nil), 0o600))
}

// tampers are ways to change a log: each gets its lines, with their newlines, and
// an index.
var tampers = map[string]func(lines [][]byte, i int) [][]byte{
	"drop":    func(l [][]byte, i int) [][]byte { return slices.Delete(l, i, i+1) },
	"double":  func(l [][]byte, i int) [][]byte { return slices.Insert(l, i, l[i]) },
	"swap":    func(l [][]byte, i int) [][]byte { l[i], l[i+1] = l[i+1], l[i]; return l },
	"cut-to":  func(l [][]byte, i int) [][]byte { return l[:i] },                                          // the end, from this line
	"tear":    func(l [][]byte, i int) [][]byte { return append(l[:i], l[i][:len(l[i])/2]) },              // within this line
	"flip":    func(l [][]byte, i int) [][]byte { l[i] = flip(l[i], len(l[i])*2/3); return l },            // one bit
	"newline": func(l [][]byte, i int) [][]byte { l[i] = bytes.TrimSuffix(l[i], []byte("\n")); return l }, // cut off
	"newer": func(l [][]byte, i int) [][]byte {
		l[i] = bytes.Replace(l[i], []byte(`"v":1`), []byte(`"v":2`), 1)
		return l
	},
}

// flip is a line with one bit changed, so that it stays printable.
func flip(line []byte, i int) []byte {
	line = bytes.Clone(line)
	line[i] ^= 1
	return line
}
