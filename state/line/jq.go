package line

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

var (
	errNotUTF8 = errors.New("the text is not UTF-8")
	errNoData  = errors.New("an entry without data cannot be written")
)

// JSON is a value's JSON as jq writes it: no HTML escapes, U+2028 and U+2029 as they
// are, DEL escaped. Invalid UTF-8 is an error, where encoding/json would silently
// replace it.
func JSON(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	text := bytes.TrimSuffix(out.Bytes(), []byte("\n"))
	// What Go could not decode it wrote as \ufffd, six characters; a real
	// U+FFFD in the text is written raw.
	if !bytes.ContainsAny(text, "\\\x7f") {
		return text, nil
	}
	return likeJQ(text)
}

// appendText writes a text as JSON does. Most have nothing that is escaped.
func appendText(b []byte, text string) ([]byte, error) {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, err := JSON(text)
			return append(b, quoted...), err
		}
	}
	return append(append(append(b, '"'), text...), '"'), nil
}

// likeJQ rewrites the escapes in which encoding/json and jq differ.
func likeJQ(text []byte) ([]byte, error) {
	out := make([]byte, 0, len(text)+16)
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == 0x7f:
			out = append(out, `\u007f`...)
		case text[i] != '\\':
			out = append(out, text[i])
		case hasEscape(text[i:], "fffd"):
			return nil, errNotUTF8
		case hasEscape(text[i:], "2028"):
			out = utf8.AppendRune(out, '\u2028')
			i += 5
		case hasEscape(text[i:], "2029"):
			out = utf8.AppendRune(out, '\u2029')
			i += 5
		default:
			out = append(out, text[i], text[i+1])
			i++
		}
	}
	return out, nil
}

func hasEscape(text []byte, digits string) bool {
	return len(text) >= 6 && text[1] == 'u' && string(text[2:6]) == digits
}
