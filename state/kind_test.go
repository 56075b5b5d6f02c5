package state_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// A source is what the package's own text says of its kinds and commands.
type source struct {
	kinds    map[string]string // the wire name, by the constant's name
	recorded []string          // types that have an effect
	commands []string          // types that are decided
}

func readSource(t *testing.T) source {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d files: %v", len(names), err)
	}
	src := source{kinds: make(map[string]string)}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				src.method(d)
			case *ast.GenDecl:
				src.constants(d)
			}
		}
	}
	slices.Sort(src.recorded)
	slices.Sort(src.commands)
	return src
}

func (src *source) method(d *ast.FuncDecl) {
	if d.Recv == nil {
		return
	}
	typ := d.Recv.List[0].Type
	if pointer, ok := typ.(*ast.StarExpr); ok {
		typ = pointer.X
	}
	name, ok := typ.(*ast.Ident)
	switch {
	case !ok || name.Name == "Incident":
	case d.Name.Name == "effect":
		src.recorded = append(src.recorded, name.Name)
	case d.Name.Name == "decide":
		src.commands = append(src.commands, name.Name)
	}
}

func (src *source) constants(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		value, ok := spec.(*ast.ValueSpec)
		if !ok || d.Tok != token.CONST || !isKind(value.Type) {
			continue
		}
		for i, name := range value.Names {
			src.kinds[name.Name] = strings.Trim(value.Values[i].(*ast.BasicLit).Value, `"`)
		}
	}
}

func isKind(typ ast.Expr) bool {
	name, ok := typ.(*ast.Ident)
	return ok && name.Name == "Kind"
}

// TestTableOfKinds: a kind that is forgotten in the table, or that is called otherwise
// than its data, is found.
func TestTableOfKinds(t *testing.T) {
	src := readSource(t)
	if len(src.kinds) < 50 || len(src.commands) < 50 {
		t.Fatalf("only %d kinds and %d commands were found", len(src.kinds), len(src.commands))
	}
	var inTable []string
	for _, kind := range state.Kinds() {
		data := state.NewData(kind)
		name := reflect.TypeOf(data).Elem().Name()
		inTable = append(inTable, name)
		if wire := src.kinds["Kind"+name]; wire != string(data.Kind()) {
			t.Errorf("%s is of kind %q, and Kind%s is %q", name, data.Kind(), name, wire)
		}
	}
	slices.Sort(inTable)
	if !slices.Equal(inTable, src.recorded) {
		t.Errorf("the table has\n%v\nand these have an effect:\n%v", inTable, src.recorded)
	}
	if len(src.kinds) != len(inTable) {
		t.Errorf("there are %d kinds, and %d in the table", len(src.kinds), len(inTable))
	}
}

// said are the kinds with a text that a person said; those that are true can be
// amended. What was said to somebody is not among them, nor why something was
// corrected.
var said = map[state.Kind]bool{
	state.KindNoteAdded: true, state.KindEvidenceAdded: true, state.KindServiceSet: true, state.KindSeverityChanged: true, state.KindTitleChanged: true,
	state.KindRunbookAttached: false, state.KindEntryAmended: false, state.KindEntryMarked: false, state.KindEntryRetracted: false,
	state.KindIncidentClosed: true, state.KindIncidentReopened: false, state.KindRecovered: false,
	state.KindStepStarted: true, state.KindStepDone: true, state.KindStepConfirmed: true, state.KindStepFailed: true,
	state.KindStepBlocked: true, state.KindStepSkipped: true, state.KindStepReopened: true, state.KindStepAnswered: true, state.KindStepAdded: false, state.KindFormAnswered: true,
	state.KindServiceChecked: false, state.KindNoticeDrafted: false, state.KindNoticeSent: false, state.KindNoticeFailed: true,
	state.KindContactCalled: true, state.KindClockStarted: true, state.KindClockMet: true, state.KindClockWaived: true,
	state.KindTimerSet: false, state.KindTimerEnded: true, state.KindRoleHanded: true,
	state.KindInjectDelivered: false, state.KindInjectHeld: false, state.KindInjectSkipped: false,
	state.KindLogBranched: false, state.KindContradictionSettled: true,
	state.KindInjectAcknowledged: true, state.KindObjectiveRated: true, state.KindObservationAdded: true,
	state.KindCauseStated: true, state.KindActionPlanned: true, state.KindActionDone: true,
}

// setTexts gives the fields with a text tag a text, and reports whether there are any.
func setTexts(data state.Data, text string) (some bool) {
	v := reflect.ValueOf(data).Elem()
	for _, field := range reflect.VisibleFields(v.Type()) {
		tag := field.Tag.Get("text")
		switch {
		case tag == "":
			continue
		case field.Type.Kind() == reflect.Pointer:
			v.FieldByIndex(field.Index).Set(reflect.ValueOf(&text))
		default:
			v.FieldByIndex(field.Index).SetString(text)
		}
		some = true
	}
	return some
}

// TestTextOfEveryKind: every kind with a text of a person's hands it out, and that of
// those that may be amended can be amended, by whoever asks.
func TestTextOfEveryKind(t *testing.T) {
	for _, kind := range state.Kinds() {
		data := state.NewData(kind)
		amend, has := said[data.Kind()]
		if some := setTexts(data, "the old text"); some != has {
			t.Errorf("%s has a text: %v", data.Kind(), some)
			continue
		}
		want := ""
		if has {
			want = "the old text"
		}
		if got := state.TextOf(data); got != want {
			t.Errorf("the text of %s is %q", data.Kind(), got)
		}
		if text, ok := state.AmendableText(data); ok != amend || ok && text != "the old text" {
			t.Errorf("%s can be amended: %v, %q", data.Kind(), ok, text)
		}
		amendText(t, data, amend)
	}
	if why := state.TextOf(&state.EntryAmended{Why: "wrong"}); why != "wrong" {
		t.Errorf("an amendment without a text says %q", why)
	}
	for _, data := range []state.Data{nil, &state.Unknown{Name: "x"}, &state.Unknown{Name: state.KindNoteAdded}} {
		if text, ok := state.AmendableText(data); ok || text != "" || state.TextOf(data) != "" {
			t.Errorf("%T has a text: %q", data, state.TextOf(data))
		}
	}
}

// amendText records data, and amends its text.
func amendText(t *testing.T, data state.Data, amend bool) {
	t.Helper()
	switch data.(type) { // nobody can amend the first entry, or what the program or a correction says
	case *state.IncidentOpened, *state.SessionOpened, *state.ClockStepped, *state.Recovered, *state.PersonActs:
		return
	}
	l := newLedger(t, towers)
	e := state.Entry{Seq: 2, Recorded: l.now, Data: data, Frame: &state.Frame{Mode: state.Live, Kind: data.Kind(), By: state.Actor{Name: "Ada", Via: "local"}}, Sealing: &state.Sealing{Prev: l.inc.Head.Hash}}
	e, _, err := state.Seal(e)
	if err == nil {
		err = l.inc.Apply(e)
	}
	if err != nil {
		t.Fatalf("%s: %v", data.Kind(), err)
	}
	text := "the right text"
	action := state.Action{Command: state.AmendEntry{Seq: 2, Text: &text, Why: "a slip"}}
	change, err := state.Decide(l.inc, action, state.Stamp{By: state.Actor{Name: "Ben"}, Recorded: l.now.Add(time.Minute)})
	if ok := err == nil; ok != amend {
		t.Errorf("%s: %v", data.Kind(), err)
	}
	if err != nil {
		if refusal, ok := err.(*state.Refusal); !ok || refusal.Reason != state.ForGood && refusal.Reason != state.Closed {
			t.Errorf("%s: %v", data.Kind(), err)
		}
		return
	}
	if err := l.inc.Apply(change); err != nil {
		t.Fatal(err)
	}
	now, _ := l.inc.Entry(2)
	if state.TextOf(now.Data) != text || state.TextOf(l.inc.Log[1].Data) != "the old text" {
		t.Errorf("%s: %q was %q", data.Kind(), state.TextOf(now.Data), state.TextOf(l.inc.Log[1].Data))
	}
	if say := l.inc.Describe(now); !strings.Contains(say, text) {
		t.Errorf("%s: %s", data.Kind(), say)
	}
}

// TestBearsOnTruth: what answers, moves a service or says something may change what is
// true of a statement; a note, an assignment or a call cannot.
func TestBearsOnTruth(t *testing.T) {
	for kind, want := range map[state.Kind]bool{
		state.KindStepStarted: true, state.KindStepFailed: true, state.KindStepAnswered: true, state.KindServiceSet: true, state.KindNoticeSent: true,
		state.KindNoteAdded: false, state.KindStepAssigned: false, state.KindContactCalled: false,
	} {
		if state.BearsOnTruth(kind) != want {
			t.Errorf("%s bears on truth: %v", kind, !want)
		}
	}
}
