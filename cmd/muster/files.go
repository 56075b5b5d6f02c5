package main

import (
	"fmt"
	"io"

	"muster/state/guard"
)

// This file reads the files that a person names, within bounds.

// maxRunbook bounds a runbook's file, in bytes; Parse refuses what is larger.
const maxRunbook = 4<<20 + 1

// readBounded reads a file that a person named.
func readBounded(path string) ([]byte, error) { return guard.Read(path, maxRunbook) }

// readNamed reads a file that a person named, if they sit at this machine.
func (p *process) readNamed(path string) ([]byte, error) {
	if err := p.away(); err != nil {
		return nil, err
	}
	return readBounded(path)
}

// readSmall reads a plain file of at most so many bytes.
func readSmall(name string, most int64) ([]byte, error) {
	file, err := guard.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%s is too long to be what it should be: more than %d bytes", name, most)
	}
	return data, err
}
