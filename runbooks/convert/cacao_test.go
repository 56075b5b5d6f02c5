package convert

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"muster/runbooks"
)

// cacaoSchema is the published schema of playbooks, by a draft; nil where it is not here.
func cacaoSchema(t *testing.T, draft *jsonschema.Draft) *jsonschema.Schema {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	root := ""
	for ; root == "" && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if at := filepath.Join(dir, "shared", "data", "cacao-2.0"); isDir(at) {
			root = at
		}
	}
	if root == "" {
		t.Log("the published schema is not here: a folder above needs shared/data/cacao-2.0")
		return nil
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(draft)
	start := ""
	err = fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".json" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			return err
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return err
		}
		m := doc.(map[string]any)
		m["$schema"] = draft.String()
		id := m["$id"].(string)
		if path == "playbook.json" {
			start = id
		}
		return compiler.AddResource(id, doc)
	})
	if err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(start)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// library are the built-in runbooks, and one that says as little as it can and means harm.
func library(t *testing.T) []*runbooks.Runbook {
	t.Helper()
	lib := runbooks.Open(runbooks.Builtin())
	heads, _ := lib.List(t.Context())
	var list []*runbooks.Runbook
	for _, h := range heads {
		source, _, err := lib.Load(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, source.Runbook)
	}
	if len(list) < 6 {
		t.Fatalf("%d runbooks are built in", len(list))
	}
	return append(list, &runbooks.Runbook{ID: "x", Title: "\x1b[2J\u202e\"<script>", TLP: "RED", Phases: []runbooks.Phase{{Title: "p", Steps: []runbooks.Step{{ID: "s", Title: "a\nb"}, {ID: "t", Title: "{{ .x }}", Role: "nobody"}}}}})
}

// TestCACAO: a runbook's playbook is as the schema says, its graph is one way through all steps
// in their order, and it is the same every time.
func TestCACAO(t *testing.T) {
	schema := cacaoSchema(t, jsonschema.Draft7) // which it says it is written in
	seen := make(map[string]string)
	for _, r := range library(t) {
		text, err := CACAO(r)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := CACAO(r); !bytes.Equal(text, again) {
			t.Errorf("%s differs from one time to the next", r.ID)
		}
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if schema != nil {
			if err := schema.Validate(instance); err != nil {
				t.Errorf("%s: %v", r.ID, err)
			}
			delete(instance.(map[string]any), "workflow_start")
			if schema.Validate(instance) == nil {
				t.Errorf("%s: the schema takes what has no start", r.ID)
			}
		}
		var p playbook
		if err := json.Unmarshal(text, &p); err != nil {
			t.Fatal(err)
		}
		if p.Name != r.Title || !strings.Contains(p.Description, "TLP:"+r.TLP) {
			t.Errorf("%s says %q, %q", r.ID, p.Name, p.Description)
		}
		checkWay(t, r, &p)
		for id := range p.Workflow {
			if other := seen[id]; other != "" {
				t.Errorf("%s has the id %s of %s", r.ID, id, other)
			}
			seen[id] = r.ID
		}
	}
}

// checkWay walks a playbook from its start to its end.
func checkWay(t *testing.T, r *runbooks.Runbook, p *playbook) {
	t.Helper()
	var titles []string
	for _, phase := range r.Phases {
		for _, s := range phase.Steps {
			titles = append(titles, s.Title)
		}
	}
	at, n := p.Start, 0
	for range len(p.Workflow) {
		s, has := p.Workflow[at]
		if !has {
			t.Fatalf("%s: a step leads to %s, which is not there", r.ID, at)
		}
		if s.Type == "action" {
			if _, known := p.Agents[s.Agent]; !known || n >= len(titles) || s.Name != titles[n] || len(s.Commands) == 0 {
				t.Fatalf("%s: step %d is %+v", r.ID, n, s)
			}
			n++
		}
		if at = s.Then; s.Type == "end" {
			break
		}
	}
	if n != len(titles) || len(p.Workflow) != n+2 || at != "" {
		t.Errorf("%s: the way has %d of %d steps", r.ID, n, len(titles))
	}
}
