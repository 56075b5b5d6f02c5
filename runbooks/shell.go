package runbooks

import "strings"

// This file puts what is known into commands, so that a shell takes it for what it is: a
// name with $(reboot) in it reboots nothing.

// Command fills in a template as Render does; each value is quoted for a POSIX shell where
// it stands: bare, or between the quotes that the template has around it. What is not known
// stands as «org» and is not quoted.
func (r *Renderer) Command(text string, v Values) (string, error) {
	return r.render(text, v, true)
}

// The quotes that a place in a command is between; 0 for none.
const (
	singleQuote = '\''
	doubleQuote = '"'
)

// quotedFor is a value as it is written after a part of a command.
func quotedFor(before, value string) string {
	switch quotesAfter(before) {
	case singleQuote:
		return strings.ReplaceAll(value, "'", `'\''`)
	case doubleQuote:
		return inDouble.Replace(value)
	}
	if value != "" && !strings.ContainsFunc(value, special) {
		return value
	}
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}

var inDouble = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`", "!", `"'!'"`)

// special reports whether a shell may take a character for something else. A word that
// begins with a dash is an option for the program, not for the shell: that is the
// template's to keep from, with --.
func special(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("@%+=:,./-_", r)
}

// quotesAfter is the quotes that are open at the end of a part of a command.
func quotesAfter(command string) byte {
	open := byte(0)
	for i := 0; i < len(command); i++ {
		switch c := command[i]; {
		case c == '\\' && open != singleQuote:
			i++
		case open == 0 && (c == singleQuote || c == doubleQuote):
			open = c
		case c == open:
			open = 0
		}
	}
	return open
}
