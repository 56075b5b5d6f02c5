package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update-licences", false, "write licences.txt anew")

// A linked is a module that some build of muster has in it.
type linked struct {
	name  string // its path and version
	kind  string // an SPDX identifier
	texts []string
}

// TestLicences: licences.txt has every module that is linked, on each system that
// muster is built for, with the text of its licence as it stands in the module.
func TestLicences(t *testing.T) {
	want := licencesFile(t, linkedModules(t))
	if *update {
		if err := os.WriteFile("licences.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if licences == want {
		return
	}
	have, linked := strings.Split(licences, "\n"), strings.Split(want, "\n")
	for i, line := range linked {
		if i >= len(have) || have[i] != line {
			t.Fatalf("licences.txt differs in line %d from what is linked: %q. go test ./cmd/muster -run TestLicences -update-licences writes it", i+1, line)
		}
	}
	t.Fatalf("licences.txt has %d lines more than what is linked", len(have)-len(linked))
}

// TestLicenceKinds: a text is known by what it says, and what is not known fails.
func TestLicenceKinds(t *testing.T) {
	mit := "Permission is hereby granted, free of charge, to any person\n// ... THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY"
	for _, c := range []struct{ text, want string }{
		{mit, "MIT"},
		{"Redistribution and use in source and binary forms, with or\n without modification\nNeither the name of", "BSD-3-Clause"},
		{"Redistribution and use in source and binary forms, with or without modification", "BSD-2-Clause"},
		{"  Apache License\n  Version 2.0, January 2004", "Apache-2.0"},
		{"GNU GENERAL PUBLIC LICENSE Version 3", ""},
		{mit + "\n\nGNU GENERAL PUBLIC LICENSE Version 3", ""},
		{"", ""},
	} {
		if got := licenceKind(c.text); got != c.want {
			t.Errorf("%q is %q, want %q", c.text, got, c.want)
		}
	}
}

var spaces = regexp.MustCompile(`[\s/*#]+`)

// licenceKind recognises a licence that allows what muster does, linking and giving
// away the program with the text; "" for any other.
func licenceKind(text string) string {
	text = spaces.ReplaceAllString(strings.ToLower(text), " ")
	has := func(part string) bool { return strings.Contains(text, part) }
	const redistribution = "redistribution and use in source and binary forms, with or without modification"
	switch {
	case has("general public license") || has("mozilla public license"):
		return ""
	case has("apache license version 2.0"):
		return "Apache-2.0"
	case has(redistribution) && has("neither the name"):
		return "BSD-3-Clause"
	case has(redistribution):
		return "BSD-2-Clause"
	case has("permission is hereby granted, free of charge, to any person") && has(`the software is provided "as is"`):
		return "MIT"
	}
	return ""
}

// linkedModules are muster, the standard library, and the modules of every package in
// the program, with the licences that lie in the packages' folders or above.
func linkedModules(t *testing.T) []linked {
	t.Helper()
	files := map[string]map[string]bool{} // by module
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}} {{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}", ".")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(out))
		for lines.Scan() {
			module, dirs, _ := strings.Cut(lines.Text(), "\t")
			root, dir, ok := strings.Cut(dirs, "\t")
			if !ok {
				continue // the standard library
			}
			module = strings.TrimSpace(module)
			if module == "muster" {
				dir = root // licences.txt itself is no licence
			}
			if files[module] == nil {
				files[module] = map[string]bool{}
			}
			for ; strings.HasPrefix(dir, root); dir = filepath.Dir(dir) {
				for _, name := range licenceFiles(t, dir) {
					files[module][name] = true
				}
			}
		}
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	files["the Go standard library"] = map[string]bool{filepath.Join(strings.TrimSpace(string(goroot)), "LICENSE"): true}
	if len(files) < 20 {
		t.Fatalf("only %d modules are linked; the test looks in the wrong place", len(files))
	}
	var all []linked
	for _, module := range slices.Sorted(maps.Keys(files)) {
		all = append(all, licensed(t, module, slices.Sorted(maps.Keys(files[module]))))
	}
	// muster first, and the rest by name.
	slices.SortStableFunc(all, func(a, b linked) int {
		switch {
		case a.name == "muster":
			return -1
		case b.name == "muster":
			return 1
		}
		return 0
	})
	return all
}

// licensed reads a module's licences. Each must be of a kind that is known.
func licensed(t *testing.T, module string, files []string) linked {
	t.Helper()
	m := linked{name: module}
	var kinds []string
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		m.texts = append(m.texts, strings.Trim(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"))
		if strings.HasPrefix(strings.ToUpper(filepath.Base(name)), "NOTICE") {
			continue // goes with the licence, and is none
		}
		kind := licenceKind(string(text))
		if kind == "" {
			t.Errorf("%s: %s is under no licence that is known", module, name)
		}
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	if len(kinds) == 0 {
		t.Errorf("%s has no licence", module)
	}
	m.kind = strings.Join(kinds, " and ")
	return m
}

// licenceFiles are the files in a folder that say on what terms it may be used.
func licenceFiles(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, entry := range entries {
		name := strings.ToUpper(entry.Name())
		if entry.IsDir() || strings.HasSuffix(name, ".GO") {
			continue
		}
		for _, start := range []string{"LICENSE", "LICENCE", "COPYING", "NOTICE"} {
			if strings.HasPrefix(name, start) {
				found = append(found, filepath.Join(dir, entry.Name()))
			}
		}
	}
	return found
}

// notice finds a paragraph of a licence that is its module's own: a title, or whose work it is.
var notice = regexp.MustCompile(`(?im)\A\s*(copyright\b|portions of|(the )?mit license|all rights reserved)`)

// ownAndTerms divides a licence into what only this module says, and the terms that it shares.
func ownAndTerms(text string) (own, terms string) {
	var owns, rest []string
	// What follows the terms of Apache-2.0 says how they are applied; of it, whose work it is
	// is the module's own.
	text, how, _ := strings.Cut(text, "END OF TERMS AND CONDITIONS")
	for part := range strings.SplitSeq(how, "\n\n") {
		if part = strings.Trim(part, "\n"); notice.MatchString(part) {
			owns = append(owns, part)
		}
	}
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.Trim(part, "\n"); notice.MatchString(part) && len(part) < 600 {
			owns = append(owns, part)
		} else {
			rest = append(rest, part)
		}
	}
	return strings.Join(owns, "\n"), strings.Join(rest, "\n\n")
}

// licencesFile is what licences.txt must say: a table, then the terms, each once, below whose
// works are under them.
func licencesFile(t *testing.T, modules []linked) string {
	t.Helper()
	var out strings.Builder
	out.WriteString("What muster is made of on Linux, macOS and Windows, and on what terms.\n\n")
	users := map[string]*strings.Builder{} // by the words of the terms
	var all []string
	for _, m := range modules {
		fmt.Fprintf(&out, "%-12s  %s\n", m.kind, m.name)
		for _, text := range m.texts {
			own, terms := ownAndTerms(text)
			key := strings.Join(strings.Fields(terms), " ")
			if users[key] == nil {
				users[key] = new(strings.Builder)
				all = append(all, terms)
			}
			fmt.Fprintf(users[key], "%s\n", m.name)
			for line := range strings.Lines(own) {
				fmt.Fprintf(users[key], "    %s\n", strings.TrimSpace(line))
			}
		}
	}
	for _, terms := range all {
		fmt.Fprintf(&out, "\n%s\n%s\n%s\n", strings.Repeat("=", 78), users[strings.Join(strings.Fields(terms), " ")], terms)
	}
	return out.String()
}

// TestTermsOnce: what a module alone says stays beside its name; a sentence of the terms that
// begins with the word copyright further on stays among them.
func TestTermsOnce(t *testing.T) {
	own, terms := ownAndTerms("MIT License\n\nCopyright (c) 2020 Ada\nCopyright (c) 2021 Ben\n\nPermission is granted.\n\nThe above\ncopyright notice goes along.")
	if own != "MIT License\nCopyright (c) 2020 Ada\nCopyright (c) 2021 Ben" {
		t.Errorf("own is %q", own)
	}
	if terms != "Permission is granted.\n\nThe above\ncopyright notice goes along." {
		t.Errorf("the terms are %q", terms)
	}
}
