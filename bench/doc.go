// Package bench measures the plugin beside the one that one would write in plain
// JavaScript, in headless Chromium: in the real Flex UI what it costs to start, and on
// a page that has as much of Flex as both ask of it what an event and a day of tasks
// cost.
//
// It judges nothing: the figures of a busy machine are wrong, ratios of one run less
// so. What is not noisy is held by the tests of package gate.
package bench
