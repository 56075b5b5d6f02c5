package line

import (
	"bytes"
	"encoding/json"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"unicode/utf8"
)

// FuzzExact: an object is read if it is what encoding/json and [marshal] make of it, and
// the members that are kept are those that it has.
func FuzzExact(f *testing.F) {
	for _, name := range []string{"golden.jsonl", "golden1.jsonl"} {
		log, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		for text := range bytes.Lines(log) {
			f.Add(bytes.TrimSpace(text))
		}
	}
	for _, text := range []string{
		`{}`, `{"a":1,"a":2}`, `{"a":{"a":[{"a":1}]},"b":[[]]}`, `{"a":-0}`, `{"a":9007199254740992,"b":-9007199254740993}`, `{"A":1}`, "{\"a\":\"\u2028é\x7f\"}",
		`{"a":"eight or more letters that need no escape, \n and more of them behind it"}`, `{"a b.c-d_e":null}`, `{"":true}`, "{\"a\":\"\x00\"}", "{\"é\":\"\"}",
		"{\"a\":\"0123456\u00e9\",\"b\":\"01234567\",\"c\":\"0123456\\\\\",\"d\":\"0123456\x1f\"}", `{"a":[[[[[[[[[[[[[[1]]]]]]]]]]]]]]}`, `{"a":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		x := exact{b: text, keep: true}
		err := x.whole()
		whole := err == nil && x.at == len(text) && len(text) > 0 && text[0] == '{'
		if !utf8.Valid(text) {
			if whole && !x.wide {
				t.Fatalf("%q is said to be ASCII", text)
			}
			return
		}
		if want := isExact(text); whole != want {
			t.Fatalf("%q: %v, %d of %d bytes; it is as we write it: %v", text, err, x.at, len(text), want)
		}
		if !whole {
			return
		}
		var values map[string]json.RawMessage
		if err := json.Unmarshal(text, &values); err != nil || len(values) != len(x.found) {
			t.Fatalf("%q: %d members are kept, not %d, %v", text, len(x.found), len(values), err)
		}
		end := 0
		for _, m := range x.found {
			if key, value := m.key.of(text), m.value.of(text); string(values[string(key)]) != string(value) || int(m.key.from) < end {
				t.Fatalf("%q: %s, %s is kept", text, key, value)
			}
			end = int(m.value.to)
		}
	})
}

var wholeNumber = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)

// isExact is slow, and told apart from what it checks.
func isExact(text []byte) bool {
	in := json.NewDecoder(bytes.NewReader(text))
	in.UseNumber()
	var out bytes.Buffer
	if len(text) == 0 || text[0] != '{' || !spell(in, &out, 1) {
		return false
	}
	_, err := in.Token()
	return err == io.EOF && bytes.Equal(out.Bytes(), text)
}

// spell writes the next value as it should be written; false if it should not be.
func spell(in *json.Decoder, out *bytes.Buffer, depth int) bool {
	token, err := in.Token()
	if err != nil || depth == maxDepth {
		return false
	}
	switch token := token.(type) {
	case json.Delim:
		out.WriteRune(rune(token))
		keys := map[string]bool{}
		for first := true; in.More(); first = false {
			if !first {
				out.WriteByte(',')
			}
			if token == '{' {
				key, err := in.Token()
				name, _ := key.(string)
				if err != nil || keys[name] || !regexp.MustCompile(`^[ -@\[-~]*$`).MatchString(name) {
					return false
				}
				keys[name] = true
				quoted, err := JSON(name)
				if err != nil || len(quoted) != len(name)+2 {
					return false
				}
				out.Write(quoted)
				out.WriteByte(':')
			}
			if !spell(in, out, depth+1) {
				return false
			}
		}
		end, err := in.Token()
		if err != nil {
			return false
		}
		out.WriteRune(rune(end.(json.Delim)))
		return true
	case json.Number:
		n, ok := new(big.Int).SetString(token.String(), 10)
		if !ok || !wholeNumber.MatchString(token.String()) || n.CmpAbs(big.NewInt(maxNumber)) > 0 {
			return false
		}
		out.WriteString(token.String())
		return true
	}
	quoted, err := JSON(token)
	out.Write(quoted)
	return err == nil
}
