//! Followers.
use crate::world::{BIN, World, forbidden};
use sapar_domain::{
    accounts::Actor,
    catalog,
    partners::{self, PartnerError},
};
use sapar_shared::{Lang, dto::account::Followed};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn each_follower_counts_once(pool: PgPool) {
    let world = World::new(pool);
    let (owner, _) = world.company("owner", "Көлсай Тур", BIN).await;
    let reader = world.actor(&world.person("reader").await).await;
    let mut conn = world.conn().await;
    let ctx = &world.ctx;
    for actor in [&reader, &reader, &world.actor(&owner).await] {
        partners::follow(&mut conn, ctx, actor, "kolsay-tur", true).await.unwrap();
    }
    let page = catalog::partner_page(&mut conn, ctx, Lang::Ru, "kolsay-tur", "").await.unwrap().unwrap();
    assert_eq!((page.followers, page.address.as_str()), (2, "Абай даңғылы, 10"));
    // It speaks of itself in Kazakh only.
    assert_eq!(page.partner.about_lang, Lang::Ru);
    let page = catalog::partner_page(&mut conn, ctx, Lang::Kk, "kolsay-tur", "").await.unwrap().unwrap();
    assert_eq!((page.partner.about.as_str(), page.partner.about_lang), ("Көлдерге апарамыз.", Lang::Kk));
    assert!(partners::follows(&mut conn, ctx, &reader, "kolsay-tur").await.unwrap());
    for _ in 0..2 {
        partners::follow(&mut conn, ctx, &reader, "kolsay-tur", false).await.unwrap();
    }
    assert!(!partners::follows(&mut conn, ctx, &reader, "kolsay-tur").await.unwrap());
    assert_eq!(catalog::partner_page(&mut conn, ctx, Lang::Ru, "kolsay-tur", "").await.unwrap().unwrap().followers, 1);
    forbidden(partners::follow(&mut conn, ctx, &Actor::default(), "kolsay-tur", true).await);
    forbidden(partners::followed(&mut conn, ctx, &Actor::default()).await);
    let owner = world.actor(&owner).await;
    let names = |list: Vec<Followed>| list.into_iter().map(|one| (one.slug, one.name)).collect::<Vec<_>>();
    let own = names(partners::followed(&mut conn, ctx, &owner).await.unwrap());
    assert_eq!(own, [("kolsay-tur".to_owned(), "Көлсай Тур".to_owned())]);
    assert!(partners::followed(&mut conn, ctx, &reader).await.unwrap().is_empty(), "each has a list of one's own");
    partners::block(&mut conn, ctx, "kolsay-tur", "Жалоба").await.unwrap();
    let gone = partners::follow(&mut conn, ctx, &reader, "kolsay-tur", true).await;
    assert!(matches!(gone, Err(PartnerError::NotFound)));
    assert!(partners::followed(&mut conn, ctx, &owner).await.unwrap().is_empty(), "nothing of a blocked one is public");
}
