package runbooks

import (
	"embed"
	"io/fs"
)

//go:embed library/*.toml
var builtin embed.FS

// Builtin is the layer of the runbooks that come with the program.
func Builtin() Layer {
	files, err := fs.Sub(builtin, "library")
	if err != nil {
		panic(err) // the name is constant
	}
	return Layer{Name: "built in", FS: files}
}
