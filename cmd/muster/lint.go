package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"muster/runbooks"
	"muster/state/clean"
	"muster/state/guard"
	"muster/state/view"
)

// This file prints what is wrong with files of any kind.

// lintRunbook is what is wrong with a file, or with one of the library's; that it cannot
// be read is one such thing.
func lintRunbook(ctx context.Context, e *env, ref string) runbooks.Problems {
	if !isPath(ref) {
		_, problems, err := e.shelved(ctx, ref)
		if err != nil && len(problems) == 0 {
			return unread(ref, err)
		}
		return problems
	}
	data, err := readBounded(ref)
	if err != nil {
		return unread(ref, err)
	}
	_, problems := runbooks.Parse(ref, data)
	return problems
}

// unread is that a file cannot be read, or is not there, as a problem of it.
func unread(ref string, err error) runbooks.Problems {
	p := runbooks.Problem{File: ref, Level: runbooks.Error, What: err.Error()}
	var failure *guard.Failure
	var hinted hintError
	switch {
	case errors.As(err, &hinted):
		p.Hint = hinted.hint
	case errors.As(err, &failure):
		p.What = strings.Replace(p.What, "no file "+ref, "no such file", 1)
		p.Hint = failure.Hint()
	}
	p.What = strings.TrimPrefix(p.What, ref+" ")
	if p.Hint != "" { // as every hint of lint begins and ends
		p.Hint = strings.ToLower(p.Hint[:1]) + strings.TrimSuffix(p.Hint[1:], ".")
	}
	return runbooks.Problems{p}
}

// lintWith prints every problem of every file of a kind that check reads, and ends with
// exit code 1 if one has an error.
func lintWith(e *env, paths []string, check func(path string) runbooks.Problems) error {
	var all []view.Lint
	var text strings.Builder
	found := false
	for _, path := range paths {
		problems := check(path)
		found = found || problems.HasErrors()
		file := view.Lint{File: path, OK: !problems.HasErrors(), Problems: []view.Problem{}}
		for _, p := range problems {
			file.Problems = append(file.Problems, view.Problem{Line: p.Line, Column: p.Column, Level: p.Level.String(), Where: p.Where, What: p.What, Hint: p.Hint})
			fmt.Fprintln(&text, clean.Line(p.String()))
		}
		if len(problems) == 0 {
			fmt.Fprintf(&text, "%s: good\n", clean.Line(path))
		}
		all = append(all, file)
	}
	err := e.print(all, func() error {
		_, err := io.WriteString(e.out, text.String())
		return err
	})
	if err == nil && found {
		return errFound
	}
	return err
}
