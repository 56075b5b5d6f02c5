package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/session"
)

// This file finds out who acts. What was said now goes first (--as, MUSTER_AS), then who
// acted last in the incident from this account and terminal, then the configuration; else
// it is asked for. The account's name is nobody's.

// mayAsk reports whether somebody sits there who can be asked.
func (p *process) mayAsk() bool {
	in, ok := p.in.(*os.File)
	out, isFile := p.err.(*os.File)
	return ok && isFile && term.IsTerminal(in.Fd()) && term.IsTerminal(out.Fd())
}

var errNobody = hint(errors.New("it is not known who acts here"), "Say it with --as NAME, with MUSTER_AS or with name in config.toml.")

// who makes sure that a session knows who acts in it.
func (e *env) who(s *session.Session) error {
	if s.Person() != "" || s.Writable() != nil { // where nothing is recorded, nobody acts
		return nil
	}
	person, err := e.askWho(state.PeopleOf(s.Incident()))
	if err == nil {
		s.Be(person)
	}
	return err
}

// askWho asks the terminal who acts, and names those who are known.
func (e *env) askWho(people []string) (string, error) {
	if !e.mayAsk() {
		return "", errNobody
	}
	const most = 20
	for i, name := range people[:min(most, len(people))] {
		fmt.Fprintf(e.err, "%3d  %s\n", i+1, clean.Line(name))
	}
	prompt := "Who are you? Your name: "
	if len(people) > 0 {
		prompt = "Who are you? A number, or another name: "
	}
	fmt.Fprint(e.err, prompt)
	name := e.answer()
	if e.interrupted() {
		return "", context.Canceled
	}
	if n, wrong := strconv.Atoi(name); wrong == nil && n >= 1 && n <= min(most, len(people)) {
		name = people[n-1]
	}
	if name == "" {
		return "", errNobody
	}
	return knownAs(people, name), nil
}

// answer is the line that is typed at the terminal, without the blanks around it. A terminal
// hands out one line at a time: what was typed ahead is left for the next question.
// Who interrupts has answered nothing, and is not waited for.
func (e *env) answer() string {
	typed := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(e.in).ReadString('\n')
		typed <- strings.TrimSpace(line)
	}()
	select {
	case line := <-typed:
		return line
	case <-e.ended:
		return ""
	}
}

// asked is the answer to a question whose text is recorded. Escape, or an arrow, is no text: it is
// asked once more, and then taken for none.
func (e *env) asked(question string) string {
	for range 2 {
		fmt.Fprint(e.err, question)
		line := e.answer()
		if clean.IsClean(line) {
			return line
		}
		fmt.Fprintln(e.err, "A key that is no text came with it: nothing of it is taken.")
	}
	return ""
}

// interrupted reports whether somebody has said that it shall end.
func (e *env) interrupted() bool {
	select {
	case <-e.ended:
		return true
	default:
		return false
	}
}

// knownAs is a name as it is known, if it is.
func knownAs(people []string, name string) string {
	for _, known := range people {
		if runbooks.SameName(known, name) {
			return known
		}
	}
	return name
}

// starter is who starts an incident, of which no log says anything yet.
func (e *env) starter(ctx context.Context, organisation string, scenario *runbooks.ScenarioSource) (string, error) {
	for _, name := range []string{e.named(), e.config.Name} {
		if name != "" {
			return name, nil
		}
	}
	var people []string
	org, err := organisationFor(ctx, e, organisation, scenario)
	if err != nil {
		return "", err
	}
	for _, p := range org.People {
		people = append(people, p.Name)
	}
	return e.askWho(people)
}
