//! What capabilities remember between requests, of one [`App`](super::context::App) alone: two of them in one process
//! share nothing. Each capability has a type of its own for it.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

#[derive(Default)]
pub struct Memory(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Memory {
    /// What is remembered in this type; empty where nobody asked for it before.
    #[must_use]
    pub fn of<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = all
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Arc::new(T::default()));
        // It stands under its own type.
        Arc::clone(held).downcast().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;

    #[test]
    fn one_remembers_and_another_knows_nothing_of_it() {
        let (one, other) = (Memory::default(), Memory::default());
        one.of::<AtomicU8>().store(7, Ordering::Relaxed);
        assert_eq!(one.of::<AtomicU8>().load(Ordering::Relaxed), 7);
        assert_eq!(other.of::<AtomicU8>().load(Ordering::Relaxed), 0);
    }
}
