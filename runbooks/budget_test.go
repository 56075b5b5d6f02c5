package runbooks

import (
	"fmt"
	"strings"
	"testing"
)

// product is a runbook of so many services and steps; step stands in each step.
func product(services, steps int, step string) string {
	var b strings.Builder
	b.WriteString("title = 'Big'\n")
	for i := range services {
		fmt.Fprintf(&b, "[[service]]\nid = 's%d'\ntitle = 'S%d'\n", i, i)
	}
	b.WriteString("[[phase]]\ntitle = 'P'\n")
	for i := range steps {
		fmt.Fprintf(&b, "[[phase.step]]\nid = 't%d'\n%s\n", i, step)
	}
	return b.String()
}

// What a runbook becomes is bounded, and the figure is said: at the bound it is good, one over it is not.
func TestProductsAreBounded(t *testing.T) {
	loop := "title = '{{ range .Services.All }}{{ . }}{{ end }}'"
	lines := "title = 'T'\neach = 'services'\nchecklist = [" + strings.Repeat("'x', ", 49) + "]"
	for _, c := range []struct {
		name, text, wants string
	}{
		{"real: 5,000 steps", product(0, 5000, "title = '{{ .Incident.Title }}'"), ""},
		{"real: 100 services x 50", product(100, 50, "title = '{{ .Service.Title }}: {{ .Service.State }}'\neach = 'affected'"), ""},
		{"copies at the bound", product(1000, MaxMade/1000, "title = 'T'\neach = 'services'"), ""},
		{"copies over it", product(1000, MaxMade/1000+1, "title = 'T'\neach = 'services'"), "21000 steps with their copies for services; at most 20000"},
		{"affected copies over it", product(1000, 300, "title = 'T'\neach = 'affected'"), "300000 steps with their copies"},
		{"checklists at the bound", product(MaxRows/1000, 20, lines), ""},
		{"checklists over it", product(MaxRows/1000+1, 20, lines), "101000 steps and lines of checklists"},
		{"checklists that loop", product(1000, 2, "title = 'T'\neach = 'services'\nchecklist = ['{{ .Service.Title }}', '{{ range .Services.All }}{{ . }}{{ end }}']"), ""},
		{"checklists that loop too much", product(1000, 20, "title = 'T'\neach = 'services'\nchecklist = ['{{ range .Services.All }}{{ . }}{{ end }}']"), "the lines of the checklists take more than 16777216 units of work"},
		{"titles that loop", product(1000, 50, loop), ""},
		{"titles that loop too much", product(1000, 1000, loop), "the titles take more than 4194304 units of work"},
	} {
		_, problems := Parse("big.toml", []byte(c.text))
		switch {
		case c.wants == "" && problems.HasErrors():
			t.Errorf("%s: %v", c.name, problems[0])
		case c.wants != "" && (len(problems) != 1 || !strings.Contains(problems[0].String(), c.wants)):
			t.Errorf("%s: %v", c.name, problems)
		}
	}
}
