package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"muster/state/clean"
	"muster/state/session"
	"muster/state/team"
)

// A process is what one run of the program has around it.
type process struct {
	zone     *time.Location // in which times are told, if that was said
	zoned    bool
	past     time.Time // the moment as of which everything is told; zero for now
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	clock    session.Clock
	random   io.Reader
	terminal bool            // both in and out are one
	watched  bool            // somebody sees what is said on err while it works
	ended    <-chan struct{} // closed when somebody has interrupted it
	// after is time.After.
	after func(time.Duration) <-chan time.Time
	// hasTerminal lets the system say to which terminal the process belongs.
	hasTerminal bool
	host        string // the machine's name; "" for what the system says

	args      []string // as they were typed
	sources   []string // files that are read: nothing is written over them
	wrote     []string // files that a person named and that were written
	takesTime bool     // the command can be told when it happened

	visit   *visiting // who came over SSH; nil at the machine itself
	screens bool      // the screens have the terminal: nothing else asks there

	roster *roster     // who else has screens open; nil where no screens are
	crowd  *team.Crowd // who is here, for all visits together
}

func newProcess() process {
	return process{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv,
		clock: session.System{}, random: rand.Reader,
		after: time.After, watched: term.IsTerminal(os.Stderr.Fd()),
		hasTerminal: true, terminal: term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd()),
	}
}

// now is the time, in the zone of the person; that of the moment that is looked at, where
// it is another.
func (p *process) now() time.Time {
	now := p.clock.Now()
	if p.zoned {
		now = now.In(p.zone)
	}
	if !p.past.IsZero() {
		return p.past.In(now.Location())
	}
	return now
}

// home is a folder in the person's home, by the XDG variable that moves it.
func (p *process) home(variable, below, flag string) (string, error) {
	if dir := p.getenv(variable); filepath.IsAbs(dir) {
		return filepath.Join(dir, "muster"), nil
	}
	dir := p.getenv("HOME")
	if dir == "" {
		dir, _ = os.UserHomeDir()
	}
	if dir == "" {
		return "", hint(fmt.Errorf("there is no home folder: HOME is not set"), "Say where to keep things with %s.", flag)
	}
	if !filepath.IsAbs(dir) { // incidents would lie wherever one happens to be
		return "", hint(fmt.Errorf("the home folder is no full path: HOME is %q", clean.Line(dir)), "Set HOME, or say where to keep things with %s.", flag)
	}
	return filepath.Join(dir, below, "muster"), nil
}

// fromHome is a path in which ~ stands for the home folder, as no shell has read it.
func (p *process) fromHome(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || rest[0] == filepath.Separator) {
		if home := p.getenv("HOME"); home != "" {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// away refuses what would read or write the machine's files for a visitor.
func (p *process) away() error {
	if p.visit != nil {
		return errAway
	}
	return nil
}

// reads reports whether a visitor may only read.
func (p *process) reads() bool { return p.visit != nil && !p.visit.Person.Access.Acts() }
