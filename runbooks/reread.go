package runbooks

// Reread reads a runbook that some version of muster accepted once, and asks no
// more of it than its shape: an old log must stay readable when the rules become
// stricter. What cannot be understood is left out. nil if the text is not TOML.
func Reread(name string, data []byte) *Runbook {
	var file fileRunbook
	DecodeStrict(name, data, &file)
	if file.At.node == nil {
		return nil
	}
	return convert(name, &file)
}
