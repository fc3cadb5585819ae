// Package e2e plays whole calls: the real Flex UI in Chromium, inside the
// sandbox's console, driven by clicks on Flex's own buttons and judged by the
// rows of the org. Its tests need the build tag e2e, Chromium, and once npm.
package e2e
