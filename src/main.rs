//! The program: reads the command line and runs it.

use clap::Parser as _;

fn main() -> std::process::ExitCode {
    rembuk::cli::main(rembuk::cli::Cli::parse())
}
