package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"muster/runbooks"
	"muster/state"
	"muster/state/outside"
	"muster/state/session"
)

// A config is the person's config.toml. Everything in it is optional.
type config struct {
	Name     string                `toml:"name"`           // who acts
	Org      string                `toml:"org"`            // the default for a runbook's input of this id
	State    string                `toml:"state"`          // the folder that holds incidents
	AnyDisk  bool                  `toml:"any_filesystem"` // write there whatever file system it is on
	Runbooks string                `toml:"runbooks"`       // the folder with the person's own runbooks
	Theme    string                `toml:"theme"`
	ASCII    bool                  `toml:"ascii"`
	Wide     bool                  `toml:"wide"` // the terminal draws ambiguous characters in two cells
	Mouse    *bool                 `toml:"mouse"`
	Plain    bool                  `toml:"plain"`    // the screens line by line
	Notify   *bool                 `toml:"notify"`   // tell by the desktop what falls due while another window has the keys
	Progress *bool                 `toml:"progress"` // show in the terminal's tab how near the next deadline is
	Links    *bool                 `toml:"links"`    // have telephone numbers, addresses and laws lead somewhere
	Keys     map[string][]string   `toml:"keys"`
	Channels []outside.FileChannel `toml:"channel"` // taken out as soon as it is read
}

// settings are what the person has set: by flags, variables and the configuration.
type settings struct {
	process
	flags  flags
	config config
	// configPath is the file it was read from; "" if there is none.
	configPath string
	// channels are those of the configuration, their secrets hidden.
	channels    []outside.Channel
	channelsErr error // what is wrong with them
}

// readConfig reads the configuration, if there is one. A file that was named on
// the command line must be there.
func (s *settings) readConfig() error {
	path, named := s.flags.config, s.flags.config != ""
	if !named {
		dir := s.configDir()
		if dir == "" {
			return nil
		}
		path = filepath.Join(dir, "config.toml")
	}
	if path == os.DevNull {
		return nil // without any
	}
	data, err := readBounded(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !named:
		return nil
	case err != nil:
		if errors.Is(err, fs.ErrNotExist) {
			return hint(err, "Write it, or leave --config out.")
		}
		return hint(err, "Name another file, or leave --config out.")
	}
	s.configPath = path
	problems := runbooks.DecodeStrict(path, data, &s.config)
	channels, wrong := outside.TakeChannels(s.config.Channels)
	s.channels, s.channelsErr, s.config.Channels = channels, withoutSecrets(wrong).Err(), nil
	if err := withoutSecrets(problems).Err(); err != nil {
		return hint(err, "Mend it, or go on without it for now: --config %s", os.DevNull)
	}
	return nil
}

// flags are the ones that every command takes.
type flags struct {
	state, runbooks, config string
	as, incident            string
	json, anyDisk, plain    bool
	wide                    bool
}

// stateDir is the folder that holds incidents.
func (s *settings) stateDir() (string, error) {
	for _, dir := range []string{s.flags.state, s.getenv("MUSTER_STATE"), s.fromHome(s.config.State)} {
		if dir != "" {
			return filepath.Abs(dir)
		}
	}
	return s.home("XDG_STATE_HOME", ".local/state", "--state DIR or MUSTER_STATE")
}

// configDir is the person's own folder for configuration and runbooks; "" if there
// is no home.
func (s *settings) configDir() string {
	dir, err := s.home("XDG_CONFIG_HOME", ".config", "")
	if err != nil {
		return ""
	}
	return dir
}

// noTerminal is what MUSTER_TERMINAL says where no terminal is to be remembered.
const noTerminal = state.NoTerminal

// named is who acts, by what was said now; "" if nothing was.
func (s *settings) named() string {
	if s.visit != nil {
		return s.visit.Person.Name
	}
	if s.flags.as != "" {
		return s.flags.as
	}
	return s.getenv("MUSTER_AS")
}

// session is what an incident is opened with.
func (s *settings) session() session.Config {
	config := s.sessionOf(s.named())
	config.Usually = s.config.Name
	return config
}

func (s *settings) sessionOf(person string) session.Config {
	host := s.host
	if host == "" {
		var err error
		if host, err = os.Hostname(); err != nil {
			host = "unknown"
		}
	}
	via := "local"
	if s.getenv("SSH_CONNECTION") != "" {
		via = "ssh"
	}
	if s.visit != nil { // the key is where they sit, whatever connection it comes by
		guest := s.visit.guest()
		seat := state.Seat{Host: host, Account: guest.Key, Terminal: state.ByKey}
		return session.Config{Person: guest.Name, Guest: guest, Seat: seat, Via: "ssh", Program: program(), Host: host, Clock: s.clock, Random: s.random}
	}
	named := s.getenv("MUSTER_TERMINAL")
	if named == "" && !s.hasTerminal {
		named = state.NoTerminal
	}
	seat := session.ThisSeat(host, named)
	return session.Config{Person: person, Seat: seat, Via: via, Program: program(), Host: host, Clock: s.clock, Random: s.random}
}

// quoted finds what is quoted of a file in what is said of it, and the word before.
var quoted = regexp.MustCompile(`(after |key |mean |between )?("[^"]*"|'[^']*'|[A-Za-z][A-Za-z0-9+.-]*://\S+)`)

// isKey is what keys are called, and secrets hardly ever.
var isKey = regexp.MustCompile(`^[a-z_.-]{1,32}$`)

// numbered is a number of a file in what is said of it: a password may be one.
var numbered = regexp.MustCompile(`the number [-+0-9.eE]+`)

// configKeys are the keys that the configuration can have.
func configKeys() []string {
	var keys []string
	for _, t := range []reflect.Type{reflect.TypeFor[config](), reflect.TypeFor[outside.FileChannel]()} {
		for _, field := range reflect.VisibleFields(t) {
			keys = append(keys, field.Tag.Get("toml"))
		}
	}
	return keys
}

// withoutSecrets masks all that is quoted of a file's values in what is wrong with it:
// a secret that stands in the wrong place, or without its quotes, is one all the same.
// What keys are called stays, if it looks like a key: a secret on a line of its own that has
// a = in it, as base64 has, is read as one.
func withoutSecrets(problems runbooks.Problems) runbooks.Problems {
	keys := configKeys()
	for i := range problems {
		problems[i].What = numbered.ReplaceAllString(problems[i].What, "a number")
		problems[i].What = quoted.ReplaceAllStringFunc(problems[i].What, func(found string) string {
			if word := strings.Trim(found, `"`); slices.Contains(keys, word) {
				return found
			}
			word, text, ok := strings.Cut(found, " ")
			switch {
			case !ok || word == "" || word[0] < 'a' || text[0] != '"' && text[0] != '\'':
				return "•••"
			case isKey.MatchString(strings.Trim(text, `"'`)):
				return found
			}
			return word + " •••"
		})
	}
	return problems
}
