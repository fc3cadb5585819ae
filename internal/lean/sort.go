package lean

// Sort sorts a short list: its time grows with the square of its length.
func Sort[T any](list []T, less func(a, b T) bool) {
	for i := range list {
		for j := i; j > 0 && less(list[j], list[j-1]); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// Keys returns the keys of a small map in their order.
func Keys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	Sort(keys, func(a, b string) bool { return a < b })
	return keys
}
