package proof

import (
	"bytes"
	"strings"

	"muster/state"
)

// A forgery is a log that is not as it was written, or one that is.
type forgery struct {
	what string
	make func(l log) []byte
}

// finer are forgeries that a reader takes for the same as what was written, or that only one
// format of the lines has.
var finer = []forgery{
	{"CR in place of all newlines", raw(func(all string) string { return strings.ReplaceAll(all, "\n", "\r") })},
	{"the end mark of DOS at the end", raw(func(all string) string { return all + "\x1a" })},
	{"a slash in overlong UTF-8", inDData("{\"step\":\"\xc0\xaf\"}")},
	{"a character beyond the last one", inDData("{\"step\":\"\xf4\x90\x80\x80\"}")},
	{"a character in two surrogates of UTF-8", inDData("{\"step\":\"\xed\xa0\xbd\xed\xb8\x80\"}")},
	{"a character in two escaped surrogates", inDData(`{"step":"\ud83d\ude00"}`)},
	{"half a character, escaped", inDData(`{"step":"\ud800"}`)},
	{"an escape in capitals", inDData(`{"step":"\u001F"}`)},
	{"a backspace by its number", inDData(`{"step":"\u0008"}`)},
	{"a tab that is not escaped", inDData("{\"step\":\"a\tb\"}")},
	{"0.1 in the data", inDData(`{"step":"a","n":0.1}`)},
	{"1e400 in the data", inDData(`{"step":"a","n":1e400}`)},
	{"nan in the data", inDData(`{"step":"a","n":nan}`)},
	{"Infinity in the data", inDData(`{"step":"a","n":Infinity}`)},
	{"-2^53-1 in the data", inDData(`{"step":"a","n":-9007199254740993}`)},
	{"2^53+2 in the data", inDData(`{"step":"a","n":9007199254740994}`)},
	{"a number of 200 digits", inDData(`{"step":"a","n":` + strings.Repeat("9", 200) + `}`)},
	{"a key with an accent", inDData(`{"é":"a"}`)},
	{"a key with DEL", inDData("{\"a\x7f\":\"a\"}")},
	{"a key with a backslash", inDData(`{"a\\b":"a"}`)},
	{"a key doubled deep in the data", inDData(`{"step":"a","n":{"x":1,"x":2}}`)},
	{"a key doubled in a list", inDData(`{"step":"a","n":[{"x":1,"x":1}]}`)},
	{"a key in capitals in a list", inDData(`{"step":"a","n":[{"X":1}]}`)},
	{"a comma behind a list's last value", inDData(`{"step":"a","n":[1,]}`)},
	{"a comment", inDData(`{"step":"a"/*x*/}`)},
	{"single quotes", inDData(`{'step':'a'}`)},
	{"a no-break space between key and value", inDData("{\"step\":\u00a0\"a\"}")},
	{"the year 0", inE(`"recorded":"2026`, `"recorded":"0000`)},
	{"the year 1", inE(`"recorded":"2026`, `"recorded":"0001`)},
	{"a year of five digits", inE(`"recorded":"2026`, `"recorded":"12026`)},
	{"a time with digits of another script", inE(`.000000000Z`, `.０００００００００Z`)},
	{"a year with digits of another script", inE(`"recorded":"2026`, `"recorded":"２０２６`)},
	{"a time with a comma", inE(`.000000000Z`, `,000000000Z`)},
	{"a time with ten digits behind the point", inE(`.000000000Z`, `.0000000000Z`)},
	{"it occurred at a time with a zero at its end", inD(`,"zone":`, `,"occurred":"2026-11-24T02:41:07.10Z","zone":`)},
	{"it occurred at a time with digits of another script", inD(`,"zone":`, `,"occurred":"2026-11-24T02:41:07.１1Z","zone":`)},
	{"it occurred in the year 0", inD(`,"zone":`, `,"occurred":"0000-11-24T02:41:07Z","zone":`)},
	{"it occurred at null", inD(`,"zone":`, `,"occurred":null,"zone":`)},
	{"the time it occurred behind the zone", inD(`,"data":`, `,"occurred":"2026-11-24T02:41:07Z","data":`)},
	{"it occurred at hour 24", inD(`,"zone":`, `,"occurred":"2024-02-29T24:00:00Z","zone":`)},
	{"a number for what was overridden", inD(`,"data":`, `,"override":[1],"data":`)},
	{"what was overridden behind the data", inD(`}}`, `},"override":["x"]}`)},
	{"a content without its zone", zoneGone},
	{"a kind with a letter of another script", inE(`"kind":"step.done"`, `"kind":"ѕtep.done"`)},
	{"a kind with a character that is not seen", inE(`"kind":"step.done"`, "\"kind\":\"step\u200b.done\"")},
	{"a kind with a newline behind it", inE(`"kind":"step.done"`, `"kind":"step.done\n"`)},
	{"a mode with a newline behind it", inE(`"mode":"live"`, `"mode":"live\n"`)},
	{"a negative number", inE(`"seq":3`, `"seq":-3`)},
	{"the version 0", inE(`"v":2`, `"v":0`)},
	{"a version of 20 digits", inE(`"v":2`, `"v":99999999999999999999`)},
	{"the version 1 on a line of version 2", inE(`"v":2`, `"v":1`)},
	{"a line of version 1 with parts", whole(func(e, _, _ string) string { return `{"e":` + swap(e, `"v":2`, `"v":1`) + `,"d":null,"p":null}` })},
	{"any object for a content of version 1", v1(`{"x":1}`)},
	{"a key more in a content of version 1", v1(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","by":{"name":"Ada","via":"local"},"zone":"+00:00 UTC","data":{"step":"a"},"x":1}`)},
	{"a short salt in a content of version 1", v1(`{"salt":"AwsA","by":{"name":"Ada","via":"local"},"zone":"+00:00 UTC","data":{"step":"a"}}`)},
	{"a text for who, in version 1", v1(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","by":"Ada","zone":"+00:00 UTC","data":{"step":"a"}}`)},
	{"30 February in version 1", v1(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","by":{"name":"Ada","via":"local"},"occurred":"2026-02-30T02:41:07Z","zone":"+00:00 UTC","data":{"step":"a"}}`)},
	{"no reason for what was overridden, in version 1", v1(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","by":{"name":"Ada","via":"local"},"zone":"+00:00 UTC","override":{"of":["x"],"why":""},"data":{"step":"a"}}`)},
	{"-0 in version 1", v1(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","by":{"name":"Ada","via":"local"},"zone":"+00:00 UTC","data":{"step":"a","n":-0}}`)},
	{"a list for the data, in version 1", v1(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","by":{"name":"Ada","via":"local"},"zone":"+00:00 UTC","data":[]}`)},
	{"a line before the first", func(l log) []byte {
		l2 := append(log{}, l...)
		l2[0] = bytes.Replace(l2[0], []byte(`"prev":"0`), []byte(`"prev":"1`), 1)
		return l2.relink(1)
	}},
	{"a first line numbered 0", func(l log) []byte {
		l2 := append(log{}, l...)
		l2[0] = bytes.Replace(l2[0], []byte(`"seq":1`), []byte(`"seq":0`), 1)
		return l2.relink(1)
	}},
	{"a line gone, and the rest linked anew", func(l log) []byte {
		l2 := append(log{}, l[:at]...)
		l2 = append(l2, l[at+1:]...)
		return l2.relink(at)
	}},
	{"a line doubled, and the rest linked anew", func(l log) []byte {
		l2 := append(log{}, l[:at+1]...)
		l2 = append(l2, l[at:]...)
		return l2.relink(at + 1)
	}},
	{"a line that follows from the one before the last", func(l log) []byte {
		l2 := append(log{}, l...)
		a := cutOut(string(l2[at]), `"prev":"`)
		b := cutOut(string(l2[at+1]), `"prev":"`)
		l2[at+1] = bytes.Replace(l2[at+1], []byte(b), []byte(a), 1)
		return l2.relink(at + 2)
	}},
	{"a salt in the other base64", inPWhole(`{"salt":"Aws+AAAAAAAAAAAAAAAA/A","data":{"note":"x"}}`)},
	{"a salt with its padding", inPWhole(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA==","data":{"note":"x"}}`)},
	{"a salt behind the data", inPWhole(`{"data":{"note":"x"},"salt":"AwsAAAAAAAAAAAAAAAAAAA"}`)},
	{"a name in the notes", inPWhole(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","by":"Ada"}`)},
	{"a key in capitals in a part", inPWhole(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","data":{"Note":"x"}}`)},
	{"1.50 in a part", inPWhole(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","data":{"note":1.50}}`)},
	{"data nested 16 deep", inDData(`{"step":"a","n":` + strings.Repeat("[", 15) + strings.Repeat("]", 15) + `}`)},
	{"data nested 16 deep, with a number", inDData(`{"step":"a","n":` + strings.Repeat("[", 14) + "1" + strings.Repeat("]", 14) + `}`)},
	{"a part nested 17 deep", inPWhole(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","data":{"note":` + strings.Repeat("[", 15) + strings.Repeat("]", 15) + `}}`)},
	{"a part's hash in capitals", func(l log) []byte {
		return anew(l, func(e, d, p string) (string, string, string) {
			h := cutOut(d, notesKey)
			return e, swap(d, h, strings.ToUpper(h)), p
		})
	}},
	{"null for a part's hash", func(l log) []byte {
		return anew(l, func(e, d, p string) (string, string, string) {
			h := cutOut(d, notesKey)
			return e, swap(d, `"`+h+`"`, `null`), p
		})
	}},
	{"a line without its names", func(l log) []byte {
		return anew(l, func(e, d, p string) (string, string, string) {
			i := strings.Index(d, notesKey)
			return e, `{"p":{` + d[i+1:], `{` + p[strings.Index(p, `"notes"`):]
		})
	}},
	{"an envelope twice", whole(func(e, d, p string) string { return `{"e":` + e + `,"d":` + d + `,"p":` + p + `,"e":` + e + `}` })},
	{"a line's key escaped", whole(func(e, d, p string) string { return `{"\u0065":` + e + `,"d":` + d + `,"p":` + p + `}` })},
	{"a line without its last bracket", whole(func(e, d, p string) string { return `{"e":` + e + `,"d":` + d + `,"p":` + p })},
	{"an object behind a line", whole(func(e, d, p string) string { return `{"e":` + e + `,"d":` + d + `,"p":` + p + `}{}` })},
	{"false for a content", whole(func(e, _, _ string) string { return `{"e":` + e + `,"d":false,"p":null}` })},
	{"a content withheld, and a list for its parts", whole(func(e, _, _ string) string { return `{"e":` + e + `,"d":null,"p":[]}` })},
	{"null for who did it", inNames(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","by":null}`)},
	{"names without who did it", inNames(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","data":{"x":"y"}}`)},
	{"a reason among the names", inNames(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","by":"Ada","override":"x"}`)},
	{"a file that is packed", raw(func(string) string {
		return "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	})},
	{"the lines as one list", raw(func(all string) string {
		return "[" + strings.ReplaceAll(strings.TrimSuffix(all, "\n"), "\n", ",\n") + "]\n"
	})},
	{"a comma behind each line", raw(func(all string) string { return strings.ReplaceAll(all, "}\n", "},\n") })},
}

// rightForms are lines that look strange and are as they may be.
var rightForms = []forgery{
	{"a line of version 1", v1(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","by":{"name":"Ada","via":"local"},"zone":"+00:00 UTC","data":{"step":"a"}}`)},
	{"a line of version 1, withheld", whole(func(e, _, _ string) string { return `{"e":` + swap(e, `"v":2`, `"v":1`) + `,"d":null}` })},
	{"data nested 15 deep", inDData(`{"step":"a","n":` + strings.Repeat("[", 14) + strings.Repeat("]", 14) + `}`)},
	{"a part nested 16 deep", inPWhole(`{"salt":"AwsAAAAAAAAAAAAAAAAAAA","data":{"note":` + strings.Repeat("[", 14) + strings.Repeat("]", 14) + `}}`)},
	{"a line of 61,440 bytes", func(l log) []byte {
		n := 61440 - len(bytes.TrimSuffix([]byte(bytes.SplitAfter(inDData(`{"step":""}`)(l), []byte("\n"))[at]), []byte("\n")))
		return inDData(`{"step":"` + strings.Repeat("a", n) + `"}`)(l)
	}},
	{"a character that no text has", inDData("{\"step\":\"\uffff\"}")},
	{"a NUL, escaped", inDData(`{"step":"\u0000"}`)},
	{"2^53 in the data", inDData(`{"step":"a","n":[9007199254740992,-9007199254740992]}`)},
	{"the year 9999", inE(`"recorded":"2026`, `"recorded":"9999`)},
	{"29 February of a leap year", inD(`,"zone":`, `,"occurred":"2024-02-29T02:41:07Z","zone":`)},
}

// zoneGone takes the zone out of the content.
func zoneGone(l log) []byte {
	return anew(l, func(e, d, p string) (string, string, string) {
		i, j := strings.Index(d, `,"zone":`), strings.Index(d, `,"data":`)
		return e, d[:i] + d[j:], p
	})
}

// inNames puts a value in the place of the names, and its hash in the content.
func inNames(v string) func(log) []byte {
	return func(l log) []byte {
		return anew(l, func(e, d, p string) (string, string, string) {
			j := strings.Index(p, `,"notes":`)
			old := p[len(`{"names":`):j]
			return e, swap(d, cutOut(d, `"names":"`), state.Sum([]byte(v)).String()), swap(p, old, v)
		})
	}
}

// v1 is a line of format version 1 with a content, whose hash is right.
func v1(content string) func(log) []byte {
	return func(l log) []byte {
		return whole(func(e, _, _ string) string {
			e = swap(e, `"v":2`, `"v":1`)
			e = strings.Replace(e, cutOut(e, `"c":"`), state.Sum([]byte(content)).String(), 1)
			return `{"e":` + e + `,"d":` + content + `}`
		})(l)
	}
}
