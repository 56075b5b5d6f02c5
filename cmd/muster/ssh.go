package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"muster/state/clean"
)

// This file reaches another machine, through the person's own ssh: with their keys, jump
// hosts and known hosts. Nothing of it is ever such that ssh could take it for an option.

// sshScheme begins what names a log on another machine.
const sshScheme = "ssh://"

// A remote is an incident on another machine.
type remote struct {
	user, host, port string
	incident         string // "" for the only one that is open there
	quiet            bool   // nothing is asked for: the screens have the terminal
}

// parseRemote reads ssh://[USER@]HOST[:PORT]/[INCIDENT].
func parseRemote(text string) (r remote, err error) {
	wrong := func(what string) (remote, error) {
		return remote{}, usage(hint(fmt.Errorf("%s: %s", clean.Bounded(clean.Line(text), 200), what), "Write ssh://[USER@]HOST[:PORT]/[INCIDENT]."))
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "ssh" || u.Opaque != "" {
		return wrong("this is no address of that form")
	}
	if _, has := u.User.Password(); has {
		return wrong("a password is not given here: ssh asks for it")
	}
	r = remote{user: u.User.Username(), host: u.Hostname(), port: u.Port(), incident: strings.Trim(u.Path, "/")}
	if u.RawQuery != "" || u.Fragment != "" || u.ForceQuery {
		return wrong("there is more than the incident behind the host")
	}
	if what := r.wrong(u.User != nil); what != "" {
		return wrong(what)
	}
	return r, nil
}

// wrong says what of an address could be none, or another thing to ssh; "" if nothing.
func (r remote) wrong(hasUser bool) string {
	n, err := strconv.ParseUint(r.port, 10, 16)
	switch {
	case !isWord(r.host, "._:-") || r.host == "":
		return "the host has characters that no host's name has, or begins with a dash"
	case hasUser && (r.user == "" || !isWord(r.user, "._-")):
		return "the user has characters that no user's name has, or begins with a dash"
	case r.incident != "" && !isWord(r.incident, "-"):
		return "the incident has characters that no incident's id has, or begins with a dash"
	case r.port != "" && (err != nil || n == 0):
		return "the port is none"
	}
	return ""
}

// isWord reports whether a text has only letters, digits and some signs, and begins with no
// dash.
func isWord(text, signs string) bool {
	for i := range len(text) {
		c := text[i]
		plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !plain && strings.IndexByte(signs, c) < 0 {
			return false
		}
	}
	return !strings.HasPrefix(text, "-")
}

// String is the address.
func (r remote) String() string {
	host := r.host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if r.port != "" {
		host += ":" + r.port
	}
	if r.user != "" {
		host = r.user + "@" + host
	}
	return sshScheme + host + "/" + r.incident
}

// args are those of ssh that run a command of muster there. What does not answer for a
// quarter of a minute is gone.
func (r remote) args(command ...string) []string {
	args := []string{"-T", "-a", "-x", "-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=3"}
	if r.quiet {
		args = append(args, "-o", "BatchMode=yes")
	}
	if r.port != "" {
		args = append(args, "-p", r.port)
	}
	if r.user != "" {
		args = append(args, "-l", r.user)
	}
	return append(append(args, "--", r.host, "muster"), command...)
}

// exitSSH is the code with which ssh ends when it could not do what it was asked.
const exitSSH = 255

// A remoteError is that a command there did not end well.
type remoteError struct {
	code int // exitSSH if it was ssh that failed
	said string
}

// Error is what was said there.
func (e *remoteError) Error() string {
	if e.said == "" {
		return fmt.Sprintf("ssh ended with %d", e.code)
	}
	return e.said
}

// inOneLine is what muster said there, error and hints, as it is said here after a colon.
func inOneLine(said string) string {
	var lines []string
	for line := range strings.Lines(said) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, strings.TrimPrefix(line, "muster: "))
		}
	}
	return clean.Line(strings.Join(lines, "; "))
}

// maxRemoteSaid bounds what is kept of what is said there on standard error, in bytes.
const maxRemoteSaid = 4 << 10

// bounded keeps the beginning of what is written.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	b.Buffer.Write(p[:min(len(p), maxRemoteSaid-min(b.Len(), maxRemoteSaid))])
	return len(p), nil
}

// run runs a command of muster there and hands its output to read. The error is a
// *remoteError if it did not end well, or that of read.
func (r remote) run(ctx context.Context, read func(*bufio.Reader) error, command ...string) error {
	program, err := exec.LookPath("ssh")
	if err != nil {
		return hint(errors.New("there is no ssh here to reach another machine with"), "Install OpenSSH's client; or carry the log here by any other way, and name the file.")
	}
	asked := ctx
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	cmd := exec.CommandContext(ctx, program, r.args(command...)...)
	cmd.WaitDelay = time.Second // what ssh has started, a proxy, may outlive it with its pipes
	var said bounded
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { out.Close() })()
	readErr := read(bufio.NewReaderSize(out, 64<<10))
	if readErr != nil {
		stop() // it may go on for ever
	}
	err = cmd.Wait()
	var ended *exec.ExitError
	switch {
	case asked.Err() != nil:
		return asked.Err()
	case readErr != nil:
		return readErr
	case errors.As(err, &ended):
		return &remoteError{ended.ExitCode(), inOneLine(said.String())}
	}
	return err
}
