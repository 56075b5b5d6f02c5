package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
)

// A scriptLine is one command of a rehearsal's script. A script is text, a command a
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
type scriptLine struct {
	number  int // of the line, from 1
	at      time.Duration
	person  string
	refused bool
	args    []string
}

// The bounds of a script.
const (
	maxScript      = 1 << 20 // bytes
	maxScriptLines = 5000
)

// scripted are the commands that a script may have: those that record something in the
// drill and touch nothing else.
var scripted = []string{"step", "note", "input", "service", "role", "severity", "title", "amend", "mark", "retract", "undo", "notice", "check", "clock", "timer", "contact", "sitrep", "status", "drill", "close", "reopen"}

// scriptedDrill are those of muster drill.
var scriptedDrill = []string{"clock", "next", "deliver", "hold", "skip", "add", "ack", "rate", "observe", "status"}

// forbidden are flags that lead out of the rehearsal.
var forbidden = []string{"--state", "--runbooks", "--config", "--as", "--incident", "--file", "--edit", "--output"}

// parseScript reads a script. All that is wrong is in the error, a line each.
func parseScript(name string, text []byte) ([]scriptLine, error) {
	if len(text) > maxScript {
		return nil, fmt.Errorf("%s: larger than 1 MiB", name)
	}
	var list []scriptLine
	var wrong []error
	last := time.Duration(0)
	for i, raw := range strings.Split(string(text), "\n") {
		raw = strings.TrimSpace(raw)
		if raw == "" || raw[0] == '#' {
			continue
		}
		line, err := parseScriptLine(raw)
		if err == nil && line.at < last {
			err = fmt.Errorf("%s is earlier than the line before, %s", runbooks.ExerciseTime(line.at), runbooks.ExerciseTime(last))
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", name, i+1, err))
			continue
		}
		line.number, last = i+1, line.at
		list = append(list, line)
	}
	if len(list) > maxScriptLines {
		wrong = append(wrong, fmt.Errorf("%s: %d commands, and %d is the most", name, len(list), maxScriptLines))
	}
	return list, errors.Join(wrong[:min(len(wrong), 50)]...)
}

func parseScriptLine(raw string) (scriptLine, error) {
	words, err := splitWords(raw)
	if err != nil {
		return scriptLine{}, err
	}
	if len(words) < 3 {
		return scriptLine{}, errors.New("write +H:MM WHO COMMAND…")
	}
	at, err := runbooks.ParseExerciseTime(words[0])
	if err != nil {
		return scriptLine{}, err
	}
	line := scriptLine{at: at, person: words[1], args: words[2:]}
	if line.args[0] == "!" {
		line.refused, line.args = true, line.args[1:]
	}
	return line, allowed(line.args)
}

// allowed refuses what leads out of the rehearsal.
func allowed(args []string) error {
	if len(args) == 0 || !slices.Contains(scripted, args[0]) {
		return fmt.Errorf("a script can have the commands %s", strings.Join(scripted, ", "))
	}
	if args[0] == "drill" && (len(args) < 2 || !slices.Contains(scriptedDrill, args[1])) {
		return fmt.Errorf("of muster drill a script can have %s", strings.Join(scriptedDrill, ", "))
	}
	for _, arg := range args {
		flag, _, _ := strings.Cut(arg, "=")
		short := len(arg) > 1 && arg[0] == '-' && arg[1] != '-'
		if slices.Contains(forbidden, flag) || short && strings.ContainsAny(arg, "io") {
			return fmt.Errorf("a script cannot have %s", flag)
		}
	}
	return nil
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
