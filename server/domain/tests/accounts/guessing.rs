//! Whatever secret is typed, and wherever: the try is counted before it is looked at, by account and address.
use super::people::{HERE, House, MAIL, PHONE, SECRET, THERE};
use futures::future::join_all;
use sapar_domain::{
    accounts::{
        self, AccountError, Actor, Device,
        passkeys::{self, PasskeyError},
    },
    partners::{self, PartnerError},
};
use sapar_shared::{
    Lang,
    ids::OrganisationId,
    roles::{Permission, Role},
};
use sqlx::PgPool;
use uuid::Uuid;

const NEW_MAIL: &str = "new@example.kz";
const GUESSER: &str = "the guesser's secret";
const NEW_PHONE: &str = "+77770000003";

macro_rules! doors {
    ($($door:ident),+ $(,)?) => {
        /// Where a secret is typed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Door {
            $($door),+
        }

        use Door::*;

        const DOORS: &[Door] = &[$($door),+];
    };
}

doors![
    Password,
    Code,
    SecondStep,
    RecoveryCode,
    FirstCodeOfTheApp,
    Passkey,
    Reset,
    Confirmation,
    Invitation,
    CodesOfAChange,
    ChangePassword,
    ChangeEmail,
    ChangePhone,
    DisableTotp,
    RenewRecovery,
    HandOver,
];

/// Two people: one with everything set up, one in the middle of it; and a session of the first that waits for its second step.
struct People {
    careful: Actor,
    newcomer: Actor,
    cookie: String,
    half: String,
    request: Uuid,
}

impl People {
    async fn new(house: &House) -> Self {
        let (_, cookie) = house.proven(MAIL).await;
        let cookie = house.prove_phone(&cookie, PHONE).await.unwrap();
        let careful = house.actor(&cookie).await.unwrap();
        let mut conn = house.conn().await;
        sqlx::query(
            "insert into totp (account_id, seed, created_at, enabled_at, last_step) values ($1, uuidv7(), now(), now(), 0)",
        )
        .bind(careful.account.unwrap().0)
        .execute(&mut *conn)
        .await
        .unwrap();
        let request = accounts::ask_code(&mut conn, &house.ctx, Lang::Ru, PHONE, HERE.address).await.unwrap();
        let half = house.sign_in(MAIL, SECRET).await.unwrap();
        assert!(half.half_open);
        let (_, new) = house.proven("newcomer@example.kz").await;
        let newcomer = house.actor(&new).await.unwrap();
        house.begin_totp(&newcomer, SECRET).await.unwrap();
        let begun =
            accounts::begin_phone_change(&mut conn, &house.ctx, &newcomer, Lang::Ru, NEW_PHONE, SECRET, HERE.address).await;
        begun.unwrap();
        let organisation = Some((OrganisationId(Uuid::from_u128(1)), "Көлсай Тур".into(), Role::Owner));
        Self { careful: Actor { organisation, ..careful }, newcomer, cookie, half: half.cookie, request }
    }

    /// A wrong secret at one of the doors.
    async fn guess(&self, house: &House, door: Door, address: &str) -> Result<(), AccountError> {
        let (ctx, careful, newcomer) = (&house.ctx, &self.careful, &self.newcomer);
        let device = Device { address, agent: "" };
        let conn = &mut *house.conn().await;
        match door {
            Password => accounts::sign_in(conn, ctx, MAIL, "wrong", &device).await.map(drop),
            Code => accounts::sign_in_by_code(conn, ctx, self.request, "wrong", &device).await.map(drop),
            SecondStep => accounts::pass_second_step(conn, ctx, &self.half, "12345", &device).await.map(drop),
            RecoveryCode => accounts::pass_second_step(conn, ctx, &self.half, "AAAAAAAAAA", &device).await.map(drop),
            FirstCodeOfTheApp => accounts::enable_totp(conn, ctx, newcomer, &self.cookie, "12345", address).await.map(drop),
            Passkey => match passkeys::sign_in(conn, ctx, Uuid::from_u128(1), "{}", &device).await {
                Err(PasskeyError::Account(error)) => Err(error),
                Err(PasskeyError::NotProven) => Err(AccountError::Wrong),
                other => panic!("{other:?}"),
            },
            Reset => accounts::reset_password(conn, ctx, "WRONG", "шарын-2027", &device).await.map(drop),
            Confirmation => accounts::confirm(conn, ctx, "WRONG", None, SECRET, &device).await.map(drop),
            Invitation => match partners::accept(conn, ctx, careful, &self.cookie, "WRONG", address).await {
                Err(PartnerError::Account(error)) => Err(error),
                Err(PartnerError::NotFound) => Err(AccountError::Wrong),
                other => panic!("{other:?}"),
            },
            CodesOfAChange => {
                accounts::prove_phone_change(conn, ctx, newcomer, &self.cookie, "wrong", "", address).await.map(drop)
            }
            ChangePassword => {
                accounts::change_password(conn, ctx, careful, &self.cookie, "wrong", "шарын-2027", address).await.map(drop)
            }
            ChangeEmail => accounts::begin_email_change(conn, ctx, careful, Lang::Ru, NEW_MAIL, "wrong", address).await,
            ChangePhone => accounts::begin_phone_change(conn, ctx, careful, Lang::Ru, NEW_PHONE, "wrong", address).await,
            DisableTotp => accounts::disable_totp(conn, ctx, careful, &self.cookie, "wrong", address).await.map(drop),
            RenewRecovery => accounts::renew_recovery(conn, ctx, careful, &self.cookie, "wrong", address).await.map(drop),
            HandOver => accounts::prove(conn, ctx, careful, Permission::HandOver, "wrong", address).await.map(drop),
        }
    }
}

/// Whether the secret was looked at.
fn looked_at(outcome: &Result<(), AccountError>) -> bool {
    match outcome {
        Err(AccountError::Wrong | AccountError::Over) => true,
        Err(AccountError::TooMany { .. }) => false,
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn of_many_guesses_at_once_five_are_looked_at(pool: PgPool) {
    let house = House::new(pool);
    let people = People::new(&house).await;
    for (number, door) in DOORS.iter().copied().enumerate() {
        let address = format!("10.9.0.{number}");
        let guesses = join_all((0..12).map(|_| people.guess(&house, door, &address))).await;
        assert_eq!(guesses.iter().filter(|outcome| looked_at(outcome)).count(), 5, "{door:?}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn one_password_is_counted_once_wherever_it_is_typed(pool: PgPool) {
    let house = House::new(pool);
    let people = People::new(&house).await;
    let doors = [Password, ChangePassword, ChangeEmail, ChangePhone, DisableTotp];
    for door in doors {
        assert!(looked_at(&people.guess(&house, door, "10.9.0.1").await), "{door:?}");
    }
    for door in doors.into_iter().chain([HandOver]) {
        assert!(!looked_at(&people.guess(&house, door, "10.9.0.1").await), "{door:?}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn an_account_of_ones_own_empties_nobody_elses_counts(pool: PgPool) {
    let house = House::new(pool);
    house.proven(MAIL).await;
    let (_, session) = house.sign_up(MAIL, GUESSER).await.unwrap();
    let guesser = house.actor(&session.cookie).await.unwrap();
    for _ in 0..4 {
        assert!(matches!(house.sign_in(MAIL, "wrong").await, Err(AccountError::Wrong)));
        // The right password, but of an account that has proven nothing; what it is for is refused after that.
        let (conn, ctx) = (&mut *house.conn().await, &house.ctx);
        let own = accounts::begin_email_change(conn, ctx, &guesser, Lang::Ru, MAIL, GUESSER, THERE.address).await;
        assert!(matches!(own, Err(AccountError::Form(_))), "{own:?}");
    }
    assert!(house.sign_in(MAIL, GUESSER).await.is_ok());
    assert!(matches!(house.sign_in(MAIL, "wrong").await, Err(AccountError::TooMany { .. })));
}
