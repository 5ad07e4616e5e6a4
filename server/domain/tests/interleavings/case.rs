//! What may happen, in any order.
use jiff::SignedDuration;
use proptest::prelude::*;
use sapar_domain::payments::provider::Outcome;

/// What somebody does next. An order is named by how many were placed after it.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Place {
        cart: Option<u8>,
        adults: i32,
        children: i32,
        elsewhere: i32,
    },
    /// Without a hitch as far as it goes: to the payment page, paid there and, perhaps, told to us.
    Pay {
        order: usize,
        told: bool,
    },
    Start(usize),
    /// The customer's bank decides; nobody tells us.
    Decide(usize, Outcome),
    /// The callback of one of the order's decided payments: late, or once more.
    Tell(usize, usize),
    /// A card is declined, and the payment page stays open for another.
    Decline(usize),
    Return(usize),
    Cancel(usize),
    Board(usize),
    PollDue,
    ExpireDue,
    RunJobs,
    ProviderDown(bool),
    Later(SignedDuration),
}

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) capacity: i32,
    pub(crate) child_quota: i32,
    /// Whether callbacks that nobody delivered come in the end, or are lost for good.
    pub(crate) told: bool,
    pub(crate) ops: Vec<Op>,
}

pub(crate) fn cases(length: usize) -> impl Strategy<Value = Case> {
    let order = || 0..4_usize;
    let outcome = prop_oneof![3 => Just(Outcome::Succeeded), 1 => Just(Outcome::Failed)];
    let place = (prop::option::weighted(0.3, 0..2_u8), 0..3_i32, 0..2_i32, 0..2_i32);
    let pause = prop_oneof![
        5 => Just(SignedDuration::from_secs(11)),
        5 => Just(SignedDuration::from_mins(25)),
        4 => Just(SignedDuration::from_mins(61)),
        1 => Just(SignedDuration::from_hours(24)),
    ];
    let op = prop_oneof![
        8 => place.prop_map(|(cart, adults, children, elsewhere)| Op::Place { cart, adults, children, elsewhere }),
        6 => (order(), any::<bool>()).prop_map(|(order, told)| Op::Pay { order, told }),
        5 => order().prop_map(Op::Start),
        5 => (order(), outcome).prop_map(|(order, outcome)| Op::Decide(order, outcome)),
        5 => (order(), 0..3_usize).prop_map(|(order, which)| Op::Tell(order, which)),
        2 => order().prop_map(Op::Decline),
        2 => order().prop_map(Op::Return),
        2 => order().prop_map(Op::Cancel),
        1 => order().prop_map(Op::Board),
        1 => Just(Op::PollDue),
        3 => Just(Op::ExpireDue),
        2 => Just(Op::RunJobs),
        1 => prop::bool::weighted(0.3).prop_map(Op::ProviderDown),
        3 => pause.prop_map(Op::Later),
    ];
    let ops = prop::collection::vec(op, length / 2..length);
    (1..7_i32, 0..5_i32, any::<bool>(), ops).prop_map(|(capacity, child_quota, told, ops)| Case {
        capacity,
        child_quota,
        told,
        ops,
    })
}
