package export

// vouchers lists whom to ask.
func (r *report) vouchers() {
	if len(r.Vouchers) == 0 {
		r.para(none(r.Gaps, "The log names nobody who was told a head."))
		return
	}
	r.para("By the log's own word, which is no proof, these can be asked for what they wrote down or signed:")
	r.table("Witness, or key", "How", "Code", "Up to entry", "When", "By", "Entry")
	for _, v := range r.Vouchers {
		who, how := escaped(v.Witness), escaped(v.How)
		switch {
		case v.Fingerprint != "":
			who, how = escaped(v.Fingerprint), "signature"
		case v.Stamped != nil:
			who, how = escaped(v.Authority), "time stamp of "+r.at(*v.Stamped)
		}
		r.row(who, how, markdown(v.Code), ref(v.Entry), r.at(v.At), escaped(v.By), ref(v.Seq))
	}
	r.end()
}
