package runbooks

import (
	"strings"
	"testing"
)

// What a runbook may say and hardly means is warned of, and what the hint asks for is good.
func TestSense(t *testing.T) {
	const head = "title = \"Fire\"\n[[service]]\nid = \"web\"\ntitle = \"Website\"\n[[notice]]\nid = \"holding\"\ntitle = \"Holding\"\ntext = \"x\"\n"
	const phase = "[[phase]]\ntitle = \"One\"\n"
	step := func(lines string) string { return "[[phase.step]]\ntitle = \"A step\"\n" + lines + "\n" }
	yes := "id = \"fault\"\nkind = \"decision\"\noptions = [{ id = \"yes\", title = \"Y\" }, { id = \"no\", title = \"N\" }]"
	for _, test := range []struct{ file, warning, mended string }{
		{head + phase + step(`kind = "announce"`), "without a notice", head + phase + step("kind = \"announce\"\nnotice = \"holding\"")},
		{head + phase + step(`kind = "notify"`), "without a notice or a contact", head + phase + step("kind = \"notify\"\nnotice = \"holding\"")},
		{head + phase + step("kind = \"restore\"\nservice = \"web\""), "no step verifies it",
			head + phase + step("kind = \"restore\"\nservice = \"web\"") + step("kind = \"verify\"\nservice = \"web\"")},
		{head + phase + step("kind = \"restore\"\neach = \"affected\""), "no step verifies it",
			head + phase + step("kind = \"restore\"\neach = \"affected\"") + step("kind = \"verify\"\neach = \"affected\"")},
		{head + phase + step(yes) + step(`when = "fault=yes and fault=no"`), "never holds", head + phase + step(yes) + step(`when = "fault=yes|no"`)},
		{head + phase + step(yes) + step(`when = "fault!=yes and fault!=no"`), "never holds", head + phase + step(yes) + step(`when = "fault!=yes"`)},
		{head + phase + step(`command = "kubectl logs <POD_NAME>"`), `id = "pod-name"`,
			"title = \"Fire\"\n[[input]]\nid = \"pod-name\"\nprompt = \"Which pod\"\n" + phase + step(`command = 'kubectl logs {{ index .Answers "pod-name" }}'`)},
		{head + phase + step(`command = "aws --key <your access key>"`), "is left in the command", ""},
		{head + phase + step(`text = "It is {{ .Answers.fault }}."`) + step(yes), "only the later step \"fault\" asks for", head + phase + step(yes) + step(`text = "It is {{ .Answers.fault }}."`)},
		{head + "[[role]]\nid = \"ops\"\ntitle = \"Ops\"\n" + phase + step(""), "names the role", head + "[[role]]\nid = \"ops\"\ntitle = \"Ops\"\n" + phase + step(`role = "ops"`)},
	} {
		book, problems := Parse("x.toml", []byte(test.file))
		if book == nil || len(problems) != 1 || problems[0].Level != Warning || !strings.Contains(problems[0].String(), test.warning) {
			t.Errorf("%s: %v, want one warning: %s", test.file, problems, test.warning)
		}
		if _, problems := Parse("x.toml", []byte(test.mended)); test.mended != "" && len(problems) > 0 {
			t.Errorf("mended: %v", problems)
		}
	}
	// What looks alike and is meant.
	for _, fine := range []string{
		step(`command = "sort <in >out && cat <<EOF"`), step(`command = "curl <https://h.example/x>"`), step(`kind = "verify"`+"\n"+`each = "services"`) + step("kind = \"restore\"\nservice = \"web\""),
		step(yes) + step(`when = "fault!=yes and fault=no"`),
	} {
		if _, problems := Parse("x.toml", []byte(head+phase+fine)); len(problems) > 0 {
			t.Errorf("%s: %v", fine, problems)
		}
	}
}
