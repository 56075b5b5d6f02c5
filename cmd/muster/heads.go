package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"muster/runbooks"
	"muster/state/guard"
)

// This file keeps, beside the incidents, what a list read of a large folder of runbooks.

// headsOf is where the heads of a folder's runbooks are kept; nil if that is nowhere.
func (e *env) headsOf(folder string) runbooks.Memory {
	state, err := e.stateDir()
	if err != nil {
		return nil
	}
	whole, err := filepath.Abs(folder)
	if err != nil {
		return nil
	}
	sum := sha256.Sum256([]byte(whole))
	return headsFile(filepath.Join(state, "heads", fmt.Sprintf("%x", sum[:12])))
}

// A headsFile is the path of such a file.
type headsFile string

// maxHeads is how large a file of heads may be.
const maxHeads = 64 << 20

// Read implements runbooks.Memory.
func (f headsFile) Read() ([]byte, time.Time, error) {
	file, err := guard.Open(string(f))
	if err != nil {
		return nil, time.Time{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err == nil && info.Size() > maxHeads {
		err = errors.New("too large")
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	text := make([]byte, info.Size())
	_, err = io.ReadFull(file, text)
	return text, info.ModTime(), err
}

// Keep implements runbooks.Memory. No folder of incidents is made for it.
func (f headsFile) Keep(text []byte) error {
	if err := os.Mkdir(filepath.Dir(string(f)), 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return writeWhole(string(f), text)
}

// writeWhole puts a text into a file in a folder: the file is whole at every moment.
func writeWhole(path string, text []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*") // 0600
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}
