package main

import (
	"fmt"
	"io"
	"strings"

	"muster/runbooks"
	"muster/state/clean"
	"muster/state/view"
)

// This file prints what is wrong with files of any kind.

// lintFile is what is wrong with a file; that it cannot be read is one such thing.
func lintFile(path string) runbooks.Problems {
	data, err := readBounded(path)
	if err != nil {
		return runbooks.Problems{{File: path, Level: runbooks.Error, What: strings.TrimPrefix(err.Error(), "open "+path+": ")}}
	}
	_, problems := runbooks.Parse(path, data)
	return problems
}

// lintRunbooks prints every problem of every file, and ends with exit code 1 if one has an
// error.
func lintRunbooks(e *env, paths []string) error { return lintWith(e, paths, lintFile) }

// lintWith is lint for files of a kind that check reads.
func lintWith(e *env, paths []string, check func(path string) runbooks.Problems) error {
	var all []view.Lint
	var text strings.Builder
	found := false
	for _, path := range paths {
		problems := check(path)
		found = found || problems.HasErrors()
		file := view.Lint{File: path, OK: !problems.HasErrors(), Problems: []view.Problem{}}
		for _, p := range problems {
			file.Problems = append(file.Problems, view.Problem{Line: p.Line, Level: p.Level.String(), Where: p.Where, What: p.What, Hint: p.Hint})
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
