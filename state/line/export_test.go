package line

// Resume is a chain that goes on after head, for an incident of mode.
func (f *Format) Resume(head Head, mode Mode) Chain {
	return Chain{Head: head, Mode: mode, line: int(head.Seq), format: f}
}
