// The last line of a run, in the words that scripts/test adds up.
export default class Count {
  passed = 0;
  failed = 0;
  onTestEnd(test, result) {
    if (result.status === 'skipped') return;
    // A test is counted once, when no retry will follow.
    if (result.status === test.expectedStatus) this.passed += 1;
    else if (result.retry === test.retries) this.failed += 1;
  }
  onError() {
    this.failed += 1;
  }
  onExit() {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
  }
  printsToStdio() {
    return false;
  }
}
