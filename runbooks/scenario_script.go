package runbooks

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// A ScriptLine is one command of a rehearsal's script. A script is text, a command a
// line:
//
//	# what begins with # is a comment
//	+0:06 Ada step start 1.1
//	+0:07:30 Ben note "The desk says 40 callers"
//	+0:09 Ada ! step done 1.2
//
// First the exercise time, never earlier than that of the line before; then who does
// it, one word; then the command as it would stand behind muster, with quotes as in a
// shell. With ! before it the command must end with an exit code other than 0: it is
// refused, or a check fails.
type ScriptLine struct {
	Number  int           // of the line, from 1
	At      time.Duration // exercise time
	Person  string
	Refused bool
	Args    []string
}

// The bounds of a script.
const (
	MaxScript      = 1 << 20 // bytes
	MaxScriptLines = 5000    // commands
)

// ParseScript reads a script. All that is wrong is in the error, a line each. allowed says
// what is wrong with a command, given word by word.
func ParseScript(name string, text []byte, allowed func(args []string) error) ([]ScriptLine, error) {
	if len(text) > MaxScript {
		return nil, fmt.Errorf("%s: larger than 1 MiB", name)
	}
	var list []ScriptLine
	var wrong []error
	last := time.Duration(0)
	for i, raw := range strings.Split(string(text), "\n") {
		raw = strings.TrimSpace(raw)
		if raw == "" || raw[0] == '#' {
			continue
		}
		line, err := readScriptLine(raw)
		if err == nil {
			err = allowed(line.Args)
		}
		if err == nil && line.At < last {
			err = fmt.Errorf("%s is earlier than the line before, %s", ExerciseTime(line.At), ExerciseTime(last))
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", name, i+1, err))
			continue
		}
		line.Number, last = i+1, line.At
		list = append(list, line)
	}
	if len(list) > MaxScriptLines {
		wrong = append(wrong, fmt.Errorf("%s: %d commands, and %d is the most", name, len(list), MaxScriptLines))
	}
	return list, errors.Join(wrong[:min(len(wrong), 50)]...)
}

func readScriptLine(raw string) (ScriptLine, error) {
	words, err := splitWords(raw)
	if err != nil {
		return ScriptLine{}, err
	}
	if len(words) < 3 {
		return ScriptLine{}, errors.New("write +H:MM WHO COMMAND…")
	}
	at, err := ParseExerciseTime(words[0])
	if err != nil {
		return ScriptLine{}, err
	}
	line := ScriptLine{At: at, Person: words[1], Args: words[2:]}
	if line.Args[0] == "!" {
		line.Refused, line.Args = true, line.Args[1:]
	}
	return line, nil
}

// splitWords splits a line as a shell does: 'as it is', "with \" and \\", a\ b.
func splitWords(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	inWord, quote := false, rune(0)
	runes := []rune(line)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case r == '\\' && escapes(quote, runes[i+1:]):
			i++
			word.WriteRune(runes[i])
			inWord = true
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, inWord = r, true
		case r == ' ' || r == '\t':
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("a quote %c has no end", quote)
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}

// escapes tells whether a backslash takes the meaning of what is behind it: outside
// quotes always, in double quotes only of a quote and of a backslash, in single ones never.
func escapes(quote rune, behind []rune) bool {
	switch {
	case len(behind) == 0 || quote == '\'':
		return false
	case quote == 0:
		return true
	}
	return behind[0] == '"' || behind[0] == '\\'
}
