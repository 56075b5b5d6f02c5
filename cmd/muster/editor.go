package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"
)

// editorOf is the command of the person's own editor; "" if none is set.
func editorOf(e *env) string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if command := strings.TrimSpace(e.getenv(name)); command != "" {
			return command
		}
	}
	return ""
}

// editing is the command that edits a file. It is split as the shell would, which does it:
// "emacsclient -a ”", a path with blanks in quotes. Windows, which may have none, takes
// words, or the whole of it if that is a program.
func editing(editor, path string) *exec.Cmd {
	if runtime.GOOS != "windows" {
		return exec.Command("sh", "-c", editor+` "$@"`, editor, path)
	}
	if _, err := exec.LookPath(editor); err == nil {
		return exec.Command(editor, path)
	}
	words := strings.Fields(editor)
	return exec.Command(words[0], append(words[1:], path)...)
}

// draftFile writes a text into a file of its own, which only this person can read.
func draftFile(text string) (path string, err error) {
	file, err := os.CreateTemp("", "muster-*.txt")
	if err != nil {
		return "", err
	}
	_, err = file.WriteString(text)
	return file.Name(), errors.Join(err, file.Close())
}

// editText lets the person change a text in an editor of their choice. Who interrupts muster
// meanwhile is told where the text lies: another interrupt ends muster, and not the editor.
func editText(ctx context.Context, e *env, text string) (string, error) {
	editor := editorOf(e)
	if editor == "" {
		return "", hint(errors.New("no editor is set"), "Set EDITOR, or give the text with --text or --file.")
	}
	if text != "" { // a file ends with a line's end; a notice does not
		text = strings.TrimRight(text, "\n") + "\n"
	}
	path, err := draftFile(text)
	if err != nil {
		return "", err
	}
	cmd, began := editing(editor, path), e.clock.SinceBoot()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = e.in, e.out, e.err
	defer context.AfterFunc(ctx, func() {
		fmt.Fprintf(e.err, "muster: interrupted while the editor is open. What it saves is in %s: if it is not taken from there, give it with --file.\n", path)
	})()
	if err := cmd.Run(); err != nil {
		return "", hint(fmt.Errorf("the editor %s: %w", editor, missing(err)), "Nothing was drafted. What was typed is kept in %s: give it with --file.", path)
	}
	return readDraft(e, path, text, began)
}

// missing says of an editor that ended by itself whether there was one: a shell tells so by a
// number, and writes the reason where the screens are drawn next.
func missing(err error) error {
	if ended := new(exec.ExitError); errors.As(err, &ended) {
		switch ended.ExitCode() {
		case 127:
			return fmt.Errorf("%w, since there is no such program: set EDITOR to one, or VISUAL, which goes first", err)
		case 126:
			return fmt.Errorf("%w, since it may not be run: set EDITOR to a program, or VISUAL, which goes first", err)
		}
	}
	return err
}

// quickest is how soon somebody has opened an editor, looked and left it, at the soonest.
const quickest = time.Second

// readDraft reads what was written in an editor, of what it was given when it began. What cannot
// be read as text is kept, and so is the file of an editor that came back before anybody could have
// looked: it has opened a window of its own, in which people type now.
func readDraft(e *env, path, given string, began time.Duration) (string, error) {
	text, err := readText(e, path)
	switch {
	case err != nil:
		return "", hint(err, "What was typed is kept there: save it as UTF-8, and give it with --file.")
	case text == given && e.clock.SinceBoot()-began < quickest:
		return "", hint(fmt.Errorf("the editor came back at once, with the text as it was; what it saves is in %s", path),
			"One with a window of its own has to be told to wait until that is closed: EDITOR='code --wait'. Nothing was drafted; give what it saves with --file.")
	}
	return text, os.Remove(path)
}

// readText reads a text from a file, or from standard input for "-".
func readText(e *env, path string) (string, error) {
	var data []byte
	var err error
	if path == "-" {
		path = "standard input"
		data, err = io.ReadAll(io.LimitReader(e.in, maxRunbook))
	} else {
		data, err = e.readNamed(path)
	}
	if err != nil {
		return "", err
	}
	if !utf8.Valid(data) {
		return "", fmt.Errorf("%s is not UTF-8 text", path)
	}
	return string(data), nil
}
