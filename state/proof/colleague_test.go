package proof

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
)

// beColleague opens an incident and does what is said on standard input, a line
// each: "note TEXT", "run N NAME" for N notes (0: for ever), "rescue [DIR]". Of each
// note it says, in one write, "saved TEXT", "unsaved TEXT: WHY" or "refused TEXT:
// WHY", and of a rescue "rescued" or "failed WHY".
func beColleague(dir, id string) int {
	config := session.Config{Person: "Ben", Via: "local", Program: "muster proof", Host: "proof", Clock: session.System{}, Random: rand.Reader}
	s, err := session.Open(context.Background(), filelog.Open(dir), id, false, config)
	if err != nil {
		fmt.Println("failed", err)
		return 1
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		verb, rest, _ := strings.Cut(lines.Text(), " ")
		switch verb {
		case "note":
			takeNote(s, rest)
		case "run":
			count, name, _ := strings.Cut(rest, " ")
			most, _ := strconv.Atoi(count)
			for n := 0; most == 0 || n < most; n++ {
				takeNote(s, fmt.Sprintf("%s-%d %s", name, n, strings.Repeat("·", n*37%600)))
			}
		case "rescue":
			if _, err := s.Rescue(context.Background(), rest); err != nil {
				fmt.Println("failed", oneLine(err))
				continue
			}
			fmt.Println("rescued")
		}
	}
	return 0
}

func takeNote(s *session.Session, text string) {
	_, err := s.Do(context.Background(), state.Action{Command: state.AddNote{Text: text}})
	switch {
	case err == nil:
		fmt.Println("saved " + text)
	case errors.Is(err, state.ErrNotSaved):
		fmt.Println("unsaved " + text + ": " + oneLine(err))
	default:
		fmt.Println("refused " + text + ": " + oneLine(err))
	}
}

func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", " ") }
