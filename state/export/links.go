package export

import "strings"

// withoutLinks is a text without what leads to places that are not kept.
func withoutLinks(text markdown, keep func(target string) bool) markdown {
	if !strings.Contains(string(text), "](#") {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			out.WriteByte(c)
			i++
			out.WriteByte(text[i])
		case c == '[':
			label, rest, _ := strings.Cut(string(text[i+1:]), "](#")
			target, _, _ := strings.Cut(rest, ")")
			whole := len(label) + len("](#") + len(target) + 1
			if keep(target) {
				out.WriteString(string(text[i : i+1+whole]))
			} else {
				out.WriteString(label)
			}
			i += whole
		default:
			out.WriteByte(c)
		}
	}
	return markdown(out.String())
}
