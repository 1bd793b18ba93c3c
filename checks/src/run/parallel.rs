use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Applies a function to each item on up to `jobs` threads; the answers keep the order.
pub(crate) fn parallel<T: Sync, R: Send>(
    jobs: usize,
    items: &[T],
    function: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::with_capacity(items.len()));
    let work = || {
        while let Some((idx, item)) = take(items, &next) {
            let answer = function(item);
            answers.lock().unwrap_or_else(PoisonError::into_inner).push((idx, answer));
        }
    };
    if jobs <= 1 || items.len() <= 1 {
        work();
    } else {
        thread::scope(|scope| {
            for _ in 1..jobs.min(items.len()) {
                scope.spawn(work);
            }
            work();
        });
    }
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_by_key(|(idx, _)| *idx);
    answers.into_iter().map(|(_, it)| it).collect()
}

fn take<'a, T>(items: &'a [T], next: &AtomicUsize) -> Option<(usize, &'a T)> {
    let idx = next.fetch_add(1, Ordering::Relaxed);
    items.get(idx).map(|it| (idx, it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_keep_the_order_for_every_number_of_jobs() {
        let items: Vec<usize> = (0..100).collect();
        let expected: Vec<usize> = items.iter().map(|it| it * 2).collect();
        for jobs in [0, 1, 2, 7, 200] {
            assert_eq!(parallel(jobs, &items, |it| it * 2), expected, "{jobs} jobs");
        }
    }
}
