package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"unicode/utf8"
)

// edit lets the person change a text in an editor of their choice.
func (e *env) edit(text string) (string, error) {
	editor := e.getenv("VISUAL")
	if editor == "" {
		editor = e.getenv("EDITOR")
	}
	words := strings.Fields(editor)
	if len(words) == 0 {
		return "", hint(errors.New("no editor is set"), "Set EDITOR, or give the text with --text or --file.")
	}
	file, err := os.CreateTemp("", "muster-*.txt")
	if err != nil {
		return "", err
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Close()); err != nil {
		return "", err
	}
	cmd := exec.Command(words[0], append(words[1:], file.Name())...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = e.in, e.out, e.err
	if err := cmd.Run(); err != nil {
		return "", hint(fmt.Errorf("the editor %s: %w", words[0], err), "Nothing was drafted.")
	}
	return e.readText(file.Name())
}

// readText reads a text from a file, or from standard input for "-".
func (e *env) readText(path string) (string, error) {
	var data []byte
	var err error
	if path == "-" {
		data, err = io.ReadAll(io.LimitReader(e.in, maxRunbook))
	} else {
		data, err = readBounded(path)
	}
	if err != nil {
		return "", err
	}
	if !utf8.Valid(data) {
		return "", fmt.Errorf("%s is not UTF-8 text", path)
	}
	return string(data), nil
}
