package apexrun

import "slices"

func listMethods() methods[*list] {
	return methods[*list]{
		"size":    {0, 0, func(_ *frame, l *list, _ arguments) any { return int64(len(l.items)) }},
		"isempty": {0, 0, func(_ *frame, l *list, _ arguments) any { return len(l.items) == 0 }},
		"get":     {1, 1, func(f *frame, l *list, a arguments) any { return f.index(l, a[0]) }},
		"clone": {0, 0, func(_ *frame, l *list, _ arguments) any {
			return &list{element: l.element, items: slices.Clone(l.items)}
		}},
		"hashcode": {0, 0, func(_ *frame, l *list, _ arguments) any { return hashCode(hash(l)) }},
		"clear": {0, 0, func(_ *frame, l *list, _ arguments) any {
			l.items = nil
			return nil
		}},
		"add": {1, 2, func(f *frame, l *list, a arguments) any {
			v := a[len(a)-1]
			if l.element != "" {
				v = f.coerce(v, l.element)
			}
			at := len(l.items)
			if len(a) == 2 {
				at = a.whole(f, 0)
			}
			if at < 0 || at > len(l.items) {
				f.throw("ListException", "List index out of bounds: %d", at)
			}
			l.items = slices.Insert(l.items, at, v)
			return nil
		}},
		"addall": {1, 1, func(f *frame, l *list, a arguments) any {
			if a[0] == nil {
				f.throwNull()
			}
			var more []any
			f.addAll(a[0], func(v any) { more = append(more, v) })
			l.items = append(l.items, more...)
			return nil
		}},
		"set": {2, 2, func(f *frame, l *list, a arguments) any {
			_, at := f.at(l, a[0])
			l.items[at] = a[1]
			return nil
		}},
		"contains": {1, 1, func(_ *frame, l *list, a arguments) any { return indexOf(l, a[0]) >= 0 }},
		"indexof":  {1, 1, func(_ *frame, l *list, a arguments) any { return int64(indexOf(l, a[0])) }},
		"remove": {1, 1, func(f *frame, l *list, a arguments) any {
			_, at := f.at(l, a[0])
			old := l.items[at]
			l.items = slices.Delete(l.items, int(at), int(at)+1)
			return old
		}},
		"sort": {0, 0, func(f *frame, l *list, _ arguments) any {
			for _, v := range l.items {
				switch v.(type) {
				case nil, string, int64, long, float64, decimal, enumValue:
				default:
					if kind := kindOf(v); kind != "Datetime" && kind != "Date" {
						f.fail("sorting a list of %s is not known to this interpreter", kind)
					}
				}
			}
			slices.SortStableFunc(l.items, compare)
			return nil
		}},
	}
}

func indexOf(l *list, v any) int {
	return slices.IndexFunc(l.items, func(x any) bool { return equal(x, v, false) })
}

func setMethods() methods[*set] {
	return methods[*set]{
		"size":    {0, 0, func(_ *frame, s *set, _ arguments) any { return int64(len(s.keys)) }},
		"isempty": {0, 0, func(_ *frame, s *set, _ arguments) any { return len(s.keys) == 0 }},
		"clear": {0, 0, func(_ *frame, s *set, _ arguments) any {
			*s = *newSet()
			return nil
		}},
		"clone": {0, 0, func(f *frame, s *set, _ arguments) any {
			c := newSet()
			f.addAll(s, func(v any) { c.put(v, true) })
			return c
		}},
		"add": {1, 1, func(_ *frame, s *set, a arguments) any {
			had := s.has(a[0])
			s.put(a[0], true)
			return !had
		}},
		"addall": {1, 1, func(f *frame, s *set, a arguments) any {
			before := len(s.keys)
			f.addAll(a[0], func(v any) { s.put(v, true) })
			return len(s.keys) > before
		}},
		"contains": {1, 1, func(_ *frame, s *set, a arguments) any { return s.has(a[0]) }},
		"containsall": {1, 1, func(f *frame, s *set, a arguments) any {
			all := true
			f.addAll(a[0], func(v any) { all = all && s.has(v) })
			return all
		}},
		"remove": {1, 1, func(_ *frame, s *set, a arguments) any {
			had := s.has(a[0])
			s.remove(a[0])
			return had
		}},
		"removeall": {1, 1, func(f *frame, s *set, a arguments) any {
			before := len(s.keys)
			f.addAll(a[0], func(v any) { s.remove(v) })
			return len(s.keys) < before
		}},
		"retainall": {1, 1, func(f *frame, s *set, a arguments) any {
			keep := newSet()
			f.addAll(a[0], func(v any) { keep.put(v, true) })
			before := len(s.keys)
			for _, k := range slices.Clone(s.keys) {
				if !keep.has(k) {
					s.remove(k)
				}
			}
			return len(s.keys) < before
		}},
	}
}

func mapMethods() methods[*mapping] {
	return methods[*mapping]{
		"size":        {0, 0, func(_ *frame, m *mapping, _ arguments) any { return int64(len(m.keys)) }},
		"isempty":     {0, 0, func(_ *frame, m *mapping, _ arguments) any { return len(m.keys) == 0 }},
		"get":         {1, 1, func(_ *frame, m *mapping, a arguments) any { return m.get(a[0]) }},
		"put":         {2, 2, func(_ *frame, m *mapping, a arguments) any { return m.put(a[0], a[1]) }},
		"remove":      {1, 1, func(_ *frame, m *mapping, a arguments) any { return m.remove(a[0]) }},
		"containskey": {1, 1, func(_ *frame, m *mapping, a arguments) any { return m.has(a[0]) }},
		"keyset": {0, 0, func(_ *frame, m *mapping, _ arguments) any {
			s := newSet()
			for _, k := range m.keys {
				s.put(k, true)
			}
			return s
		}},
		"values": {0, 0, func(_ *frame, m *mapping, _ arguments) any {
			l := &list{}
			for _, k := range m.keys {
				l.items = append(l.items, m.get(k))
			}
			return l
		}},
		"putall": {1, 1, func(f *frame, m *mapping, a arguments) any {
			if from, ok := a[0].(*mapping); ok {
				for _, k := range from.keys {
					m.put(k, from.get(k))
				}
				return nil
			}
			f.addAll(a[0], func(v any) {
				r, ok := v.(*sobject)
				if !ok {
					f.fail("Map.putAll takes a map or a list of records")
				}
				m.put(r.fields["id"], r)
			})
			return nil
		}},
		"clone": {0, 0, func(_ *frame, m *mapping, _ arguments) any {
			c := newMapping()
			for _, k := range m.keys {
				c.put(k, m.get(k))
			}
			return c
		}},
		"clear": {0, 0, func(_ *frame, m *mapping, _ arguments) any {
			*m = *newMapping()
			return nil
		}},
	}
}
