package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"github.com/charmbracelet/x/term"

	"muster/state/outside"
	"muster/state/session"
)

// An env is what one run of the program has around it: streams, variables, flags
// and, once read, the configuration.
type env struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	clock    session.Clock
	random   io.Reader
	terminal bool   // both in and out are one
	host     string // the machine's name; "" for what the system says

	args   []string // as they were typed
	flags  flags
	config config
	// configPath is the file it was read from; "" if there is none.
	configPath string
	// channels are those of the configuration, their secrets hidden.
	channels    []outside.Channel
	channelsErr error // what is wrong with them
}

// flags are the ones that every command takes.
type flags struct {
	state, runbooks, config string
	as, incident            string
	json, anyDisk           bool
}

func newEnv() *env {
	return &env{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv,
		clock: session.System{}, random: rand.Reader,
		terminal: term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd()),
	}
}

// now is the time, in the zone of the person.
func (e *env) now() time.Time { return e.clock.Now() }

// home is a folder in the person's home, by the XDG variable that moves it.
func (e *env) home(variable, below, flag string) (string, error) {
	if dir := e.getenv(variable); filepath.IsAbs(dir) {
		return filepath.Join(dir, "muster"), nil
	}
	dir := e.getenv("HOME")
	if dir == "" {
		dir, _ = os.UserHomeDir()
	}
	if dir == "" {
		return "", hint(fmt.Errorf("there is no home folder: HOME is not set"), "Say where to keep things with %s.", flag)
	}
	return filepath.Join(dir, below, "muster"), nil
}

// stateDir is the folder that holds incidents.
func (e *env) stateDir() (string, error) {
	for _, dir := range []string{e.flags.state, e.getenv("MUSTER_STATE"), e.config.State} {
		if dir != "" {
			return filepath.Abs(dir)
		}
	}
	return e.home("XDG_STATE_HOME", ".local/state", "--state DIR or MUSTER_STATE")
}

// configDir is the person's own folder for configuration and runbooks; "" if there
// is no home.
func (e *env) configDir() string {
	dir, err := e.home("XDG_CONFIG_HOME", ".config", "")
	if err != nil {
		return ""
	}
	return dir
}

// person is who acts: by flag, variable, configuration, or the system's name.
func (e *env) person() (string, error) {
	for _, name := range []string{e.flags.as, e.getenv("MUSTER_AS"), e.config.Name, e.getenv("USER"), e.getenv("LOGNAME")} {
		if name != "" {
			return name, nil
		}
	}
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username, nil
	}
	return "", hint(errors.New("nobody is named as doing this"), "Say who you are with --as NAME.")
}

// session is what an incident is opened with.
func (e *env) session() (session.Config, error) {
	person, err := e.person()
	if err != nil {
		return session.Config{}, err
	}
	return e.sessionOf(person), nil
}

func (e *env) sessionOf(person string) session.Config {
	host := e.host
	if host == "" {
		var err error
		if host, err = os.Hostname(); err != nil {
			host = "unknown"
		}
	}
	via := "local"
	if e.getenv("SSH_CONNECTION") != "" {
		via = "ssh"
	}
	return session.Config{Person: person, Via: via, Program: program(), Host: host, Clock: e.clock, Random: e.random}
}

// needTerminal refuses to show screens where there is no terminal.
func (e *env) needTerminal(instead string) error {
	if e.terminal {
		return nil
	}
	return usage(hint(errors.New("this needs a terminal, and there is none"), "%s", instead))
}
