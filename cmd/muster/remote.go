package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"muster/state"
	"muster/state/clean"
)

// maxRemoteLog bounds a log that is brought from another machine, in bytes.
const maxRemoteLog = 1 << 30

// openRemote brings a log from another machine and opens it.
func (e *env) openRemote(ctx context.Context, what string) (*source, error) {
	r, err := parseRemote(what)
	if err != nil {
		return nil, err
	}
	if err := e.away(); err != nil {
		return nil, err
	}
	r.quiet = e.screens
	command := []string{"export"}
	if r.incident != "" {
		command = append(command, r.incident)
	}
	over := e.waitingFor(r.String())
	file, err := r.bring(ctx, maxRemoteLog, append(command, "--format", "jsonl")...)
	over()
	if err != nil {
		return nil, notHeard(r, err)
	}
	drop := func() error { return os.Remove(file) }
	from, err := openFileSource(ctx, file, r.String())
	if err != nil {
		return nil, errors.Join(err, drop())
	}
	if id := from.inc.ID; r.incident != "" {
		if _, err := state.FindAmong(state.NounIncident, r.incident, []state.Named{{ID: id}}); err != nil {
			return nil, errors.Join(fmt.Errorf("%s gives the log of another incident, %s", r, clean.Line(id)), from.log.Close(), drop())
		}
	}
	from.evidence = func(ctx context.Context, sum state.Hash) (io.ReadCloser, error) {
		defer e.waitingFor(r.String())()
		return r.evidence(ctx, from.inc.ID, sum)
	}
	from.close = func() error { return errors.Join(from.log.Close(), drop()) }
	return from, nil
}

// notHeard says that another machine did not give what it was asked for.
func notHeard(r remote, err error) error {
	var failed *remoteError
	if !errors.As(err, &failed) {
		return err
	}
	if r.incident == "" && failed.code != exitSSH {
		return hint(fmt.Errorf("%s: %w", r, err), "If several are open there, name one behind the host: %s/INCIDENT. Or try it by hand: ssh %s status", strings.TrimSuffix(r.String(), "/"), sshWords(r))
	}
	return hint(fmt.Errorf("%s: %w", r, err), "Try it by hand: ssh %s status", sshWords(r))
}

// sshWords are what a person types behind ssh to get there.
func sshWords(r remote) string {
	words := r.host
	if r.user != "" {
		words = r.user + "@" + words
	}
	if r.port != "" {
		words = "-p " + r.port + " " + words
	}
	return words
}

// bring keeps what a command there prints in a temporary file.
func (r remote) bring(ctx context.Context, most int64, command ...string) (path string, err error) {
	file, err := os.CreateTemp("", "muster-*.jsonl")
	if err != nil {
		return "", err
	}
	err = r.run(ctx, func(out *bufio.Reader) error {
		n, err := io.Copy(file, io.LimitReader(out, most+1))
		if err == nil && n > most {
			err = fmt.Errorf("%s sends more than %d MiB", r, most>>20)
		}
		return err
	}, command...)
	if err = errors.Join(err, file.Close()); err != nil {
		return "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), nil
}

// maxRemoteFile bounds a file of the evidence that is brought from there, in bytes.
const maxRemoteFile = 1 << 30

// evidence brings a file that lies beside the log there.
func (r remote) evidence(ctx context.Context, id string, sum state.Hash) (io.ReadCloser, error) {
	if !isWord(id, "-") || id == "" {
		return nil, fmt.Errorf("%q is no incident's id", id)
	}
	path, err := r.bring(ctx, maxRemoteFile, "evidence", "get", sum.String(), "--incident", id)
	var failed *remoteError
	if errors.As(err, &failed) && failed.code != exitSSH {
		return nil, state.ErrNoFile
	}
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	return dropped{file}, errors.Join(err, os.Remove(path))
}

// dropped is a file whose name is gone already.
type dropped struct{ *os.File }
