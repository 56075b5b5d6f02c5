package runbooks

import (
	"os/exec"
	"strings"
	"testing"
)

// A real shell takes each value for what it is, wherever in the command it stands.
func TestCommandIsQuoted(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh")
	}
	for _, value := range []string{
		"plain-1.2", "$(echo reboot)", "`echo reboot`", "two words", "it's", `say "no"`, `back\slash`, "a;echo b", "$HOME", "*", "~", "new\nline", "!x", "#no", "a'$(echo b)'c", "äöü", "&", ">x",
	} {
		for _, around := range [][2]string{{"", ""}, {"'<", ">'"}, {`"<`, `>"`}, {"a=", ""}, {`"it's `, `"`}, {`\'`, ""}, {`'x'"y"`, ""}} {
			command, err := NewRenderer(MaxTitleWork).Command("printf %s "+around[0]+"{{ .Answers.key }}"+around[1], Values{Answers: map[string]string{"key": value}})
			if err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(sh, "-c", command).CombinedOutput()
			if err != nil || !strings.Contains(string(out), value) {
				t.Errorf("%s\nprints %q, %v; want %q in it", command, out, err, value)
			}
			if strings.Contains(command, "plain") && strings.Contains(strings.Trim(command, around[0]+around[1]), "'plain") && around[0] == "" {
				t.Errorf("%s: what needs no quotes has some", command)
			}
		}
	}
	got, err := NewRenderer(MaxTitleWork).Command("x --key {{ .Answers.key }} {{ upper \"a b\" }}", Values{})
	if err != nil || got != "x --key «key» 'A B'" {
		t.Errorf("%q, %v", got, err)
	}
}
