package runbooks

import (
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed scenarios
var builtinScenarios embed.FS

// BuiltinScenarios is the layer of the scenarios that come with the program.
func BuiltinScenarios() Layer {
	files, err := fs.Sub(builtinScenarios, "scenarios")
	if err != nil {
		panic(err) // the name is constant
	}
	return Layer{Name: "built in", FS: files}
}

// A ScenarioLibrary finds scenarios by their ids in layers, as a [Library] finds
// runbooks. It keeps nothing in memory.
type ScenarioLibrary struct{ layers []Layer }

// OpenScenarios makes a library of layers, the most basic first.
func OpenScenarios(layers ...Layer) *ScenarioLibrary { return &ScenarioLibrary{layers} }

// A ScenarioSource is a scenario with the text that it was read from.
type ScenarioSource struct {
	ID       string
	Layer    string // the name of the layer it is from
	Path     string // the file's name within the layer
	File     string // the file as messages name it
	Text     []byte
	SHA256   string    // of Text, in lower-case hex
	Scenario *Scenario // nil if Err is set
	Problems Problems  // of the file, warnings too
	Err      error
	Shadows  []string // the layers whose scenario of this id it hides
}

// ReadScenario makes a source of a text. file is the file's name for messages.
func ReadScenario(layer, file string, text []byte) *ScenarioSource {
	source := &ScenarioSource{Layer: layer, Path: file, File: file, Text: text}
	source.Scenario, source.Problems = ParseScenario(file, text)
	source.Err = source.Problems.Err()
	source.ID = fileID(file)
	if source.Scenario != nil {
		source.ID = source.Scenario.ID
	}
	sum := sha256.Sum256(text)
	source.SHA256 = hex.EncodeToString(sum[:])
	return source
}

// List returns every scenario, by id. Where several layers have one id, the last
// wins and its Shadows name the others; where one layer has it twice, the first. A
// file that cannot be used is listed under its name, with Err. The problems are
// about folders.
func (lib *ScenarioLibrary) List(ctx context.Context) ([]*ScenarioSource, Problems) {
	var problems Problems
	all := make(map[string]*ScenarioSource)
	for _, layer := range lib.layers {
		sources, more := layer.scenarios(ctx)
		problems = append(problems, more...)
		seen := map[string]bool{}
		for _, source := range sources {
			if seen[source.ID] {
				problems = append(problems, Problem{File: source.File, Level: Warning, What: "id " + quote(source.ID) + " is already used in this folder", Hint: "give it another id; until then it is not used"})
				continue
			}
			seen[source.ID] = true
			if before := all[source.ID]; before != nil {
				source.Shadows = append(before.Shadows, before.Layer)
			}
			all[source.ID] = source
		}
	}
	list := make([]*ScenarioSource, 0, len(all))
	for _, source := range all {
		list = append(list, source)
	}
	slices.SortStableFunc(list, func(a, b *ScenarioSource) int { return cmp.Compare(a.ID, b.ID) })
	return list, problems
}

// scenarios reads every scenario of the layer.
func (l Layer) scenarios(ctx context.Context) ([]*ScenarioSource, Problems) {
	files, problems := l.files()
	var sources []*ScenarioSource
	for _, file := range files {
		if ctx.Err() != nil {
			break
		}
		text, err := ReadFile(l.FS, file.Name())
		var source *ScenarioSource
		if err != nil {
			source = &ScenarioSource{ID: fileID(file.Name()), File: l.file(file.Name()), Err: fmt.Errorf("%s: %w", l.file(file.Name()), err)}
		} else {
			source = ReadScenario(l.Name, l.file(file.Name()), text)
		}
		source.Layer, source.Path = l.Name, file.Name()
		sources = append(sources, source)
	}
	return sources, problems
}

// Load reads the scenario that List shows under an id.
func (lib *ScenarioLibrary) Load(ctx context.Context, id string) (*ScenarioSource, error) {
	list, _ := lib.List(ctx)
	for _, source := range list {
		if source.ID == id {
			return source, source.Err
		}
	}
	return nil, fmt.Errorf("%w %s", ErrNone, quote(id))
}

// Script is the text of the file that plays the players of a built-in scenario in
// a rehearsal; false if there is none.
func Script(id string) ([]byte, bool) {
	if !validID(id) {
		return nil, false
	}
	text, err := fs.ReadFile(BuiltinScenarios().FS, id+".script")
	return text, err == nil
}

// NewScenario writes a scenario to start from, with a comment for every part. It
// has no errors. book is the runbook it is for; its first role and service are
// named as examples.
func NewScenario(id, title string, book *Runbook) []byte {
	if !validID(id) {
		id = slug(id, "scenario")
	}
	if title = strings.TrimSpace(strings.Map(plainRune, title)); title == "" {
		title = id
	}
	if runes := []rune(title); len(runes) > maxTitle {
		title = string(runes[:maxTitle])
	}
	role, world := Everybody, `# website = "down: what is seen"`
	if len(book.Roles) > 0 {
		role = book.Roles[0].ID
	}
	if len(book.Services) > 0 {
		world = book.Services[0].ID + ` = "down: the page does not load"`
	}
	return []byte(strings.NewReplacer("«id»", id, "«title»", basicString(title), "«runbook»", book.ID, "«role»", role, "«world»", world).Replace(scenarioStarter))
}

//go:embed scenario_new.toml
var scenarioStarter string
