package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// An importRule says what a package of the module may not import, and why. The
// rule binds the package and all of the module that it imports, but for net, which
// package runbooks has for reading addresses. What libraries do inside is theirs.
type importRule struct {
	packages string // a package below the module, or "x/..." for x and all below it
	not      string // packages separated by spaces; "x/..." as above, "muster/..." is the module
	but      string // what of those it may import all the same
	why      string
}

// commandLine are the libraries of the command line.
const commandLine = "github.com/spf13/... github.com/muesli/mango-cobra/... github.com/muesli/roff/..."

// importRules is the whole of the module's architecture: imports go one way only.
var importRules = []importRule{
	{"runbooks", "muster/...", "", "a runbook is read and checked without an incident"},
	{"runbooks/convert", "muster/...", "muster/runbooks", "a format knows the runbook, and no incident"},
	{"runbooks", "os os/exec net/http syscall", "", "the library is given file systems, and runs nothing"},
	{"state", "muster/...", "muster/state/line muster/state/record muster/runbooks muster/state/when muster/state/clean muster/state/sorted", "the incident is pure; it knows its runbook and no store, export or screen"},
	{"state", "os os/exec net/http syscall crypto/rand", "", "every bug must be replayable from a log: no disk, no network, no chance"},
	{"state/line", "muster/... charm.land/... github.com/... golang.org/...", "", "an auditor reads it alone: the format needs only the standard library"},
	{"state/line", "os os/exec net net/http syscall crypto/rand", "", "a line is bytes; where they lie, and what is random in them, is said from outside"},
	{"state/record", "muster/...", "muster/state/line", "how what is recorded lies in a line, whatever the kinds are"},
	{"state/record", "os os/exec net net/http syscall crypto/rand", "", "values in, bytes out"},
	{"state/clean", "muster/...", "", "everything that draws needs it"},
	{"state/sorted", "muster/...", "", "it knows slices, and nothing of what is in them"},
	{"state/clean", "os os/exec net net/http syscall time", "", "values in, string out"},
	{"state/response", "muster/...", "muster/state muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks", "a use case knows what lies outside by interfaces of its own, and no surface"},
	{"state/response", "os os/exec net net/http syscall", "", "reaching the world is state/outside's, and files are the session's"},
	{"state/when", "muster/...", "", "every surface reads times, and so does the incident"},
	{"state/when", "os os/exec net net/http syscall", "", "text in, time out: the time and the zone are passed in"},

	{"state/guard", "muster/...", "", "what a person's file may be is asked by everybody"},
	{"state/guard", "os/exec net net/http", "", "it opens and writes files"},
	{"state/sshsig", "muster/...", "", "a signature is over bytes, whatever they say"},
	{"state/sshsig", "os os/exec net/http syscall", "", "keys and files are the command line's"},
	{"state/tsp", "muster/...", "", "a time stamp is over a hash, whatever that is of"},
	{"state/tsp", "os os/exec net/http syscall crypto/rand", "", "bytes in, what they say out: who is asked, and when, is said from outside"},
	{"state/session", "muster/...", "muster/state muster/state/line muster/state/record muster/state/guard muster/state/clean muster/state/sorted muster/state/when muster/runbooks", "the shell works with any store and any screen"},
	{"state/filelog", "muster/...", "muster/state muster/state/line muster/state/record muster/state/guard muster/state/clean muster/state/sorted muster/state/when muster/runbooks", "stores never import each other, nor a screen"},
	{"state/natslog", "muster/...", "muster/state muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks", "stores never import each other, nor a screen"},
	{"state/view", "muster/...", "muster/state muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks", "what is said of an incident is computed from it, whoever asks"},
	{"state/view", "os os/exec net/http syscall crypto/rand", "", "the same log and the same moment give the same view"},
	{"state/list", "muster/...", "muster/state muster/state/line muster/state/record muster/state/view muster/state/response muster/state/tsp muster/state/guard muster/state/clean muster/state/sorted muster/state/when muster/runbooks", "a list is of any store, and for any surface"},
	{"state/list", "net net/http os/exec", "", "it reads logs, and keeps what it computed of them"},
	{"state/export", "muster/...", "muster/state muster/state/line muster/state/record muster/state/view muster/state/clean muster/state/sorted muster/state/when muster/runbooks", "an export is drawn from the incident alone"},
	{"state/export", "os os/exec net/http syscall", "", "an export is byte-identical for the same log, wherever it is made"},
	{"state/outside", "muster/...", "muster/state muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks", "what reaches the world is asked for, and asks for nothing"},
	{"state/filelog", "net net/http os/exec", "", "the default store needs nothing but a disk"},
	{"state/session", "net net/http os/exec", "", "reaching the world is state/outside's"},

	{"tui/widget", "muster/...", "muster/state/clean muster/state/sorted", "widgets take values and return strings"},
	{"tui/widget", "os os/exec net net/http syscall charm.land/bubbletea/v2", "", "a widget can be drawn anywhere, and tested by its string"},
	{"tui/terminal", "muster/...", "", "it shows any model, and can be deleted when Bubble Tea draws on demand"},
	{"tui/terminal", "os/exec net net/http", "", "a terminal runs nothing and reaches nothing"},
	{"tui/kit", "muster/...", "muster/state/clean muster/state/sorted muster/state/when muster/tui/widget", "what a screen is made of knows no incident: kit is the second floor"},
	{"tui/incident", "muster/...", "muster/state muster/state/response muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks muster/tui/kit muster/tui/widget", "an open incident is what screens share, so it knows none of them: the third floor"},
	{"tui/home", "muster/...", "muster/state muster/state/response muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks muster/tui/incident muster/tui/kit muster/tui/widget", "a screen knows no other: the fourth floor"},
	{"tui/start", "muster/...", "muster/state muster/state/response muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks muster/tui/incident muster/tui/kit muster/tui/widget", "a screen knows no other: the fourth floor"},
	{"tui/run", "muster/...", "muster/state muster/state/response muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks muster/tui/incident muster/tui/kit muster/tui/widget", "a screen knows no other: the fourth floor"},
	{"tui/services", "muster/...", "muster/state muster/state/response muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks muster/tui/incident muster/tui/kit muster/tui/widget", "a screen knows no other: the fourth floor"},
	{"tui/notices", "muster/...", "muster/state muster/state/response muster/state/view muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks muster/tui/incident muster/tui/kit muster/tui/widget", "a screen knows no other: the fourth floor"},
	{"tui/clocks", "muster/...", "muster/state muster/state/response muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks muster/tui/incident muster/tui/kit muster/tui/widget", "a screen knows no other: the fourth floor"},
	{"tui/timeline", "muster/...", "muster/state muster/state/response muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks muster/tui/incident muster/tui/kit muster/tui/widget", "a screen knows no other: the fourth floor"},
	{"tui/drill", "muster/...", "muster/state muster/state/response muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks muster/tui/incident muster/tui/kit muster/tui/widget", "a screen knows no other: the fourth floor"},
	{"tui/plain", "muster/...", "muster/state/clean muster/state/sorted muster/state/when muster/tui/kit muster/tui/widget muster/tui/terminal", "it says what any screen tells of itself, so it knows none of them, and no incident"},
	{"tui", "muster/...", "muster/state muster/state/response muster/state/view muster/state/tsp muster/state/line muster/state/record muster/state/clean muster/state/sorted muster/state/when muster/runbooks muster/tui/...", "the root assembles; the screens know the world only as a Desk and a Session"},
	{"tui/...", "os/exec net net/http", "", "the screens run nothing and reach nothing"},
	{"tui/...", "muster/state/filelog muster/state/natslog muster/state/session", "", "no screen names a store"},
	{"...", "muster/cmd/...", "", "the command line is the outermost layer"},
	{"runbooks", commandLine, "", "words and flags are the command line's"},
	{"state/...", commandLine, "", "words and flags are the command line's"},
	{"tui/...", commandLine, "", "words and flags are the command line's"},
	{"...", "muster/state/statetest muster/tui/tuitest testing pgregory.net/... github.com/rogpeppe/...", "", "test packages are imported only by tests"},

	{"...", "github.com/charmbracelet/bubbletea/... github.com/charmbracelet/lipgloss/... github.com/charmbracelet/bubbles/... github.com/charmbracelet/glamour/...", "", "the first generation of these libraries does not go with the second"},
	// Their execution looks methods up by name, so that the linker must keep every
	// exported method of every type: 2 MiB. text/template/parse is only the parser.
	{"...", "text/template html/template", "", "a program that looks methods up by name is 2 MiB larger"},
	{"...", "log log/slog", "", "what went wrong reaches the person as an error, not the terminal beneath a screen"},
}

// testPackages are those that only tests import, and which may import what tests do.
var testPackages = []string{"muster/state/statetest", "muster/tui/tuitest"}

func TestImportsGoOneWay(t *testing.T) {
	imports := moduleImports(t)
	for _, rule := range importRules {
		for _, pkg := range slices.Sorted(maps.Keys(imports)) {
			if !matches("muster/"+rule.packages, pkg) || slices.Contains(testPackages, pkg) {
				continue
			}
			for _, found := range breaks(imports, rule, pkg) {
				t.Errorf("%s imports %s: %s", pkg, found, rule.why)
			}
		}
	}
}

// TestOnlyWireNamesAStore: the commands know a store only as a state.Store, so that
// another one is chosen in one place.
func TestOnlyWireNamesAStore(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, name := range files {
		if name == "wire.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			if dep := strings.Trim(spec.Path.Value, `"`); anyMatches("muster/state/filelog muster/state/natslog", dep) {
				t.Errorf("%s imports %s: wire.go is the only file that opens a store", name, dep)
			}
		}
	}
}

// breaks lists what pkg imports against the rule, each with the way there.
func breaks(imports map[string][]string, rule importRule, pkg string) []string {
	var found []string
	seen := map[string]bool{}
	var walk func(from, via string)
	walk = func(from, via string) {
		for _, dep := range imports[from] {
			if seen[dep] {
				continue
			}
			seen[dep] = true
			if dep == "net" && via != "" {
				continue
			}
			if anyMatches(rule.not, dep) && !anyMatches(rule.but, dep) && dep != pkg {
				found = append(found, dep+via)
			}
			if strings.HasPrefix(dep, "muster/") {
				walk(dep, " (by "+dep+")")
			}
		}
	}
	walk(pkg, "")
	return found
}

func anyMatches(patterns, pkg string) bool {
	return slices.ContainsFunc(strings.Fields(patterns), func(p string) bool { return matches(p, pkg) })
}

// matches is like the go command's patterns: "x/..." is x and all below it.
func matches(pattern, pkg string) bool {
	if base, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == base || strings.HasPrefix(pkg, base+"/")
	}
	return pkg == pattern
}

// moduleImports reads what every package of the module imports, on any system,
// tests left out.
func moduleImports(t *testing.T) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	eachFile(t, parser.ImportsOnly, func(_ *token.FileSet, pkg string, file *ast.File) {
		for _, spec := range file.Imports {
			imports[pkg] = append(imports[pkg], strings.Trim(spec.Path.Value, `"`))
		}
	})
	if len(imports) < 8 {
		t.Fatalf("only %d packages were found; the test looks in the wrong place", len(imports))
	}
	return imports
}

// TestImportRulesCanFail shows each kind of rule a package that breaks it.
func TestImportRulesCanFail(t *testing.T) {
	for _, c := range []struct {
		pkg     string
		imports map[string][]string
		want    int // rules broken
	}{
		{"muster/state", map[string][]string{"muster/state": {"time", "muster/runbooks"}}, 0},
		{"muster/state", map[string][]string{"muster/state": {"os"}}, 1},
		{"muster/state/line", map[string][]string{"muster/state/line": {"muster/runbooks"}}, 1},
		{"muster/state/line", map[string][]string{"muster/state/line": {"golang.org/x/text/unicode/norm"}}, 1},
		{"muster/state", map[string][]string{"muster/state": {"muster/state/filelog"}}, 1},
		{"muster/state", map[string][]string{"muster/state": {"muster/runbooks"}, "muster/runbooks": {"os/exec"}}, 1},
		{"muster/tui", map[string][]string{"muster/tui": {"muster/state/filelog"}}, 2},
		{"muster/tui/widget", map[string][]string{"muster/tui/widget": {"muster/state"}}, 1},
		{"muster/tui/terminal", map[string][]string{"muster/tui/terminal": {"muster/tui"}}, 1},
		{"muster/tui", map[string][]string{"muster/tui": {"github.com/spf13/cobra"}}, 1},
		{"muster/runbooks", map[string][]string{"muster/runbooks": {"text/template"}}, 1},
		{"muster/runbooks", map[string][]string{"muster/runbooks": {"text/template/parse"}}, 0},
		{"muster/state/export", map[string][]string{"muster/state/export": {"muster/state/statetest"}}, 2},
	} {
		broken := 0
		for _, rule := range importRules {
			if matches("muster/"+rule.packages, c.pkg) {
				broken += min(len(breaks(c.imports, rule, c.pkg)), 1)
			}
		}
		if broken != c.want {
			t.Errorf("%v breaks %d rules, want %d", c.imports, broken, c.want)
		}
	}
}

// TestTimeIsPassedIn: an incident is the same whenever its log is read, and so are its
// exports and reports.
func TestTimeIsPassedIn(t *testing.T) {
	clocks := map[string]bool{"Now": true, "Since": true, "Until": true, "After": true, "AfterFunc": true, "Sleep": true, "NewTimer": true, "NewTicker": true, "Tick": true, "Local": true}
	for _, dir := range []string{"state", "state/clean", "state/when", "state/response", "state/export", "runbooks", "tui/widget", "tui/kit", "tui/home", "tui/start", "tui/run", "tui/services", "tui/notices", "tui/clocks", "tui/timeline", "tui/drill"} {
		files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(dir), "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files: %v", dir, len(files), err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(node ast.Node) bool {
				if sel, ok := node.(*ast.SelectorExpr); ok && clocks[sel.Sel.Name] {
					if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" {
						t.Errorf("%s: time.%s: the time is passed in", set.Position(sel.Pos()), sel.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

// TestNothingIsLookedUpByName: what the import rule on text/template says, of what
// leads there through a library, and of reflection itself.
func TestNothingIsLookedUpByName(t *testing.T) {
	byName := map[string]string{
		"SetVersionTemplate": "a template of cobra's", "SetUsageTemplate": "a template of cobra's", "SetHelpTemplate": "a template of cobra's",
		"MethodByName": "a method looked up by name",
	}
	eachFile(t, 0, func(set *token.FileSet, _ string, file *ast.File) {
		ast.Inspect(file, func(node ast.Node) bool {
			if sel, ok := node.(*ast.SelectorExpr); ok && byName[sel.Sel.Name] != "" {
				t.Errorf("%s: %s: %s makes the program 2 MiB larger", set.Position(sel.Pos()), sel.Sel.Name, byName[sel.Sel.Name])
			}
			return true
		})
	})
}

// eachFile parses every file of the module, on any system, tests left out, and calls
// visit with it and its package.
func eachFile(t *testing.T, mode parser.Mode, visit func(set *token.FileSet, pkg string, file *ast.File)) {
	t.Helper()
	root, set := filepath.Join("..", ".."), token.NewFileSet()
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		if entry.IsDir() && name != root && (base == "testdata" || strings.HasPrefix(base, ".")) {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(base, ".go") || strings.HasSuffix(base, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(set, name, nil, mode|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		below, err := filepath.Rel(root, filepath.Dir(name))
		visit(set, path.Join("muster", filepath.ToSlash(below)), file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
