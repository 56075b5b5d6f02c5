package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts' own commands that read JSON and wait for other processes.

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
