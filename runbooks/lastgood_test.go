package runbooks

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// A mistake far down makes a runbook broken in the list, and the good one that it hides can
// still be had; in a large folder only what hides another is read to its end.
func TestLastGood(t *testing.T) {
	good := bookWith("", "")
	bad := good + "required = yes\n"
	built := Layer{Name: "built in", FS: fstest.MapFS{"fire.toml": {Data: []byte(good)}, "flood.toml": {Data: []byte(good)}}}
	for _, files := range []int{1, fewFiles + 1} {
		yours := fstest.MapFS{"fire.toml": {Data: []byte(bad)}}
		for i := range files - 1 {
			yours[fmt.Sprintf("other-%02d.toml", i)] = &fstest.MapFile{Data: []byte(bad)}
		}
		lib := Open(built, Layer{Name: "team", FS: fstest.MapFS{"fire.toml": {Data: []byte(good)}}}, Layer{Name: "yours", FS: yours})
		heads, _ := lib.List(t.Context())
		for _, h := range heads {
			broken := h.ID == "fire" || strings.HasPrefix(h.ID, "other") && files <= fewFiles
			if (h.Err != nil) != broken {
				t.Errorf("%d files: %s: %v, broken: %t", files, h.ID, h.Err, broken)
			}
		}
		if _, _, err := lib.Load("fire"); err == nil {
			t.Error("the broken one is read")
		}
		if source, ok := lib.LastGood("fire"); !ok || source.Layer != "team" {
			t.Errorf("%v, %+v; want the team's", ok, source)
		}
		if _, ok := lib.LastGood("other-00"); ok {
			t.Error("nothing good has this id")
		}
	}
}

// A folder that somebody named and that is not there is named; the usual one need not be.
func TestFolderNotThere(t *testing.T) {
	for _, named := range []bool{true, false} {
		_, problems := Open(Layer{Name: "yours", FS: os.DirFS("/nowhere"), Dir: "/nowhere", Named: named}).List(t.Context())
		if (len(problems) == 1) != named {
			t.Errorf("named %t: %v", named, problems)
		}
	}
}
